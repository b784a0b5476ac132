// A summons of one's own is sent as it is; the server answers with the key to its brief.
const own = element.querySelector(".own-file"), input = element.querySelector("input[type=file]");
const status = element.querySelector("[role=status]");
input.addEventListener("change", async () => {
  const file = input.files[0];
  if (!file) return;
  status.textContent = own.dataset.making;
  const asked = new URLSearchParams({ name: file.name, lang: own.dataset.lang });
  let told = {};
  try {
    const url = new URL(`${own.dataset.url}?${asked}`, document.baseURI);
    const headers = { "Content-Type": "application/octet-stream" };
    told = await (await fetch(url, { method: "POST", headers, body: file })).json();
  } catch { /* no connection, or a proxy's own words */ }
  status.textContent = told.draft ? "" : told.error || own.dataset.lost;
  if (told.draft) trigger("act", { draft: told.draft });
  input.value = "";
});
