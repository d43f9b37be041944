/* Stars with arrow keys: an answer may come while the reader is already further; then what they
   have reached is given, too. The focus is where they are (own.js has put it there). */

document.addEventListener("renewed", ({ detail }) => {
  const here = document.activeElement;
  if (here.type !== "radio" || here.checked || !detail.contains(here)) return;
  here.checked = true;
  here.dispatchEvent(new Event("change", { bubbles: true }));
});
