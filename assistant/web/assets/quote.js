// The paper arrives after the page: the browser has looked for the marked place already.
watch("value", () => {
  const quote = element.querySelector("#citat");
  if (!quote || !location.hash) return;
  requestAnimationFrame(() => { quote.scrollIntoView({ block: "center" }); quote.focus({ preventScroll: true }); });
});
