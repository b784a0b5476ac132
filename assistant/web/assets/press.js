// One listener for the buttons inside a part of the page: `data-do` goes to the server as 'act' with
// the button's data; copying can only be done here.
element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do], [data-copy], [data-copylink]");
  if (!button) return;
  const data = { ...button.dataset };
  if (data.do) { trigger("act", data); return; }
  const text = data.copy ?? new URL(data.copylink, document.baseURI).href;
  const plain = button.textContent;
  try { await navigator.clipboard.writeText(text); }
  catch {  // no clipboard without https: the old way
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text; area.select(); document.execCommand("copy"); area.remove(); button.focus();
  }
  button.textContent = data.done;
  setTimeout(() => { button.textContent = plain; }, 2000);
});
// A new question comes into view when it is asked; what is read already stays where it is.
let seen = null;
watch("value", () => {
  const turns = element.querySelectorAll("article.turn");
  const last = turns[turns.length - 1];
  if (!last || last.id === seen) { seen = last ? last.id : null; return; }
  const first = seen === null && !last.querySelector(".searching");
  seen = last.id;
  if (first && turns.length > 0 && location.hash) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
});
