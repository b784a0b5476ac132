// Papers chosen or dropped are sent one after another, each with a bar of its own; then the server is
// told to read them. Names are set as text, never as HTML.
const drop = element.querySelector(".drop"), list = element.querySelector(".sending");
const status = element.querySelector("[role=status]"), input = element.querySelector("input[type=file]");
let queue = Promise.resolve(), open = 0;
const send = (file) => new Promise((done) => {
  const item = list.appendChild(document.createElement("li"));
  item.appendChild(document.createElement("span")).textContent = file.name;
  const bar = item.appendChild(document.createElement("progress"));
  bar.max = file.size || 1; bar.value = 0; bar.setAttribute("aria-label", file.name);
  const end = (problem) => {
    bar.remove(); item.className = problem ? "refused" : "sent";
    item.appendChild(document.createElement("span")).textContent = problem || drop.dataset.sent;
    if (problem) status.textContent = `${file.name}: ${problem}`;
    done(!problem);
  };
  if (file.size > Number(drop.dataset.limit)) { end(drop.dataset.large); return; }
  const request = new XMLHttpRequest();
  const asked = new URLSearchParams({ name: file.name, lang: drop.dataset.lang });
  request.open("POST", new URL(`${drop.dataset.url}?${asked}`, document.baseURI));
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.onprogress = (event) => { bar.value = event.loaded; };
  request.onload = () => {
    let told = {};
    try { told = JSON.parse(request.responseText); } catch { /* a proxy's own words */ }
    end(request.status === 201 ? "" : told.error || drop.dataset.lost);
  };
  request.onerror = () => end(drop.dataset.lost);
  request.send(file);
});
const add = (files) => {
  if (open === 0) list.replaceChildren();
  for (const file of files) {
    open += 1;
    queue = queue.then(() => send(file)).then((sent) => {
      open -= 1;
      list.dataset.some = list.dataset.some || (sent ? "1" : "");
      if (open === 0 && list.dataset.some) { list.dataset.some = ""; trigger("act", { do: "read" }); }
    });
  }
};
input?.addEventListener("change", () => { add([...input.files]); input.value = ""; });
for (const name of ["dragenter", "dragover"]) {
  drop?.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
drop?.addEventListener("dragleave", (event) => { if (!drop.contains(event.relatedTarget)) drop.classList.remove("over"); });
drop?.addEventListener("drop", (event) => {
  event.preventDefault(); drop.classList.remove("over"); add([...event.dataTransfer.files]);
});
