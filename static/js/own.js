/* What an action answers: parts of the page ([data-own]), each put in the place of every one of its
   name, and toasts. The focus stays on the button that was pressed, though it is another one now. */

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { elt, xhr, requestConfig } = detail;
  if (requestConfig.verb !== "post" || elt.getAttribute("hx-swap") !== "none") return;
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const toasts = answer.querySelectorAll("[data-toast]");
  if (!xhr.status || (xhr.status >= 400 && !toasts.length)) {
    document.dispatchEvent(new CustomEvent("failed"));
    return;
  }
  for (const part of answer.querySelectorAll("[data-own]")) put(part);
  // What was offered to be undone is undone, or out of date.
  elt.closest("[data-toast]")?.remove();
  for (const toast of toasts) show(toast);
});

document.addEventListener("failed", () => {
  const said = document.querySelector("[data-failed]");
  if (said) show(said.content.firstElementChild);
});

function put(part) {
  for (const old of document.querySelectorAll(`[data-own="${CSS.escape(part.dataset.own)}"]`)) {
    const held = old.contains(document.activeElement) ? document.activeElement.dataset.deed : null;
    const fresh = document.importNode(part, true);
    old.replaceWith(fresh);
    window.htmx.process(fresh);
    if (held) fresh.querySelector(`[data-deed="${CSS.escape(held)}"]`)?.focus();
    document.dispatchEvent(new CustomEvent("renewed", { detail: fresh }));
  }
}

function show(toast) {
  const fresh = document.importNode(toast, true);
  document.querySelector(".toasts").replaceChildren(fresh);
  window.htmx.process(fresh);
  document.dispatchEvent(new CustomEvent("told", { detail: fresh }));
}
