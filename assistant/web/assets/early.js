// Gradio takes its own words' language from the browser; here the page's address decides it.
Object.defineProperty(navigator, "language", { get: () => document.documentElement.lang });
// A few of Gradio's messages exist in English only: they are said in the page's language.
new MutationObserver(() => {
  for (const said of document.querySelectorAll(".toast-title, .toast-body *")) {
    if (said.childElementCount) continue;
    const known = Object.keys(GRADIO_SAYS).find((text) => said.textContent.trim().startsWith(text));
    if (known) said.textContent = GRADIO_SAYS[known];
  }
}).observe(document, { childList: true, subtree: true });
// A session that has ended sends one back to the login, instead of an answer that never comes.
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const answer = await fetched(...asked);
  if (answer.status === 401) location.reload();
  return answer;
};
// Gradio loads the page anew when a lost connection is back: a question that was being written stays.
addEventListener("pagehide", () => {
  const box = document.querySelector("#question textarea");
  if (box?.value) sessionStorage.setItem("beredd.draft", box.value);
});
new MutationObserver((_, waiting) => {
  const box = document.querySelector("#question textarea"), draft = sessionStorage.getItem("beredd.draft");
  if (!box) return;
  waiting.disconnect();
  sessionStorage.removeItem("beredd.draft");
  if (draft && !box.value) { box.value = draft; box.dispatchEvent(new Event("input", { bubbles: true })); }
}).observe(document, { childList: true, subtree: true });
