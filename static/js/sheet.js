/* [data-sheet]: while it lies over the page, the page waits, and the keyboard stays in it. */

const sheet = document.querySelector("[data-sheet]");

const opener = () => document.querySelector(`[popovertarget="${sheet.id}"]:not([popovertargetaction])`);

const wait = (waiting) => {
  for (let node = sheet; node !== document.body; node = node.parentElement) {
    for (const other of node.parentElement.children) {
      if (other !== node && !other.matches("[role=status]")) other.inert = waiting;
    }
  }
};

sheet.addEventListener("toggle", ({ newState }) => {
  if (newState !== "open") return;
  sheet.setAttribute("role", "dialog");
  wait(true);
});
// Before it is gone, so that the focus can go back to the button it came from.
sheet.addEventListener("beforetoggle", ({ newState }) => {
  if (newState === "open") return;
  sheet.setAttribute("role", "group");
  wait(false);
});
sheet.addEventListener("toggle", ({ newState }) => {
  // The button that opened it may have been replaced meanwhile.
  if (newState === "closed" && document.activeElement === document.body) opener()?.focus();
});
// Everything has been asked already as it changed.
sheet.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  sheet.hidePopover?.();
});
// On a wide window it is a column.
matchMedia("(min-width: 64rem)").addEventListener("change", () => sheet.hidePopover?.());
