/* [data-menu]: a <details> that closes by Escape, by a click elsewhere, and when one has left it. */

const open = () => document.querySelectorAll("[data-menu][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    const within = menu.contains(document.activeElement);
    menu.open = false;
    if (within) menu.querySelector("summary").focus();
  }
});

const close = ({ target }) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false;
};
document.addEventListener("click", close);
document.addEventListener("focusin", close);
