// A question that takes the place of a button takes its focus too.
watch("value", () => { requestAnimationFrame(() => element.querySelector("[data-focus]")?.focus()); });
