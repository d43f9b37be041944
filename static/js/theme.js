/* [data-theme-switch]: the theme changes at once; the server remembers it. */

const form = document.querySelector("[data-theme-switch]");

form?.addEventListener("submit", async (event) => {
  const chosen = event.submitter?.value;
  if (!chosen) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  show(chosen);
  try {
    await fetch(form.action, { method: "POST", body, redirect: "manual" });
  } catch {
    // Offline: the page has its new light, the server has not heard of it.
  }
});

function show(theme) {
  document.documentElement.dataset.theme = theme;
  const scheme = document.querySelector("meta[name=color-scheme]");
  if (scheme) scheme.content = theme === "system" ? "dark light" : theme;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
