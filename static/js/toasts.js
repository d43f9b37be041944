/* [data-toast]: can be closed, and goes by itself after eight seconds unless someone is on it. */

const STAY = 8000;

for (const toast of document.querySelectorAll("[data-toast]")) {
  const close = toast.querySelector("button");
  close.hidden = false;
  close.addEventListener("click", () => toast.remove());
  if (toast.dataset.toast === "stay") continue;

  let timer = 0;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), STAY);
  };
  const hold = () => clearTimeout(timer);
  for (const kind of ["mouseenter", "focusin"]) toast.addEventListener(kind, hold);
  for (const kind of ["mouseleave", "focusout"]) toast.addEventListener(kind, start);
  start();
}
