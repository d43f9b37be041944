/* "/" and Cmd/Ctrl-K go to the [data-search] field that is in sight. */

const typing = (node) =>
  node instanceof HTMLElement && (node.isContentEditable || node.matches("input, textarea, select"));

document.addEventListener("keydown", (event) => {
  const command = (event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === "k";
  const slash = event.key === "/" && !event.metaKey && !event.ctrlKey && !typing(event.target);
  if (!command && !slash) return;
  const field = [...document.querySelectorAll("[data-search]")].find((one) => one.checkVisibility());
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
