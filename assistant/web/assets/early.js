// Gradio takes its own words' language from the browser; here the page's address decides it.
Object.defineProperty(navigator, "language", { get: () => document.documentElement.lang });
