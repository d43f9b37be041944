/* [data-toast]: can be closed, and goes by itself after eight seconds unless someone is on it. */

const STAY = 8000;

for (const toast of document.querySelectorAll("[data-toast]")) start(toast);
document.addEventListener("told", ({ detail }) => start(detail));

function start(toast) {
  const close = toast.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => toast.remove());
  if (toast.dataset.toast === "stay") return;

  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), STAY);
  };
  const hold = () => clearTimeout(timer);
  for (const kind of ["mouseenter", "focusin"]) toast.addEventListener(kind, hold);
  for (const kind of ["mouseleave", "focusout"]) toast.addEventListener(kind, wait);
  wait();
}
