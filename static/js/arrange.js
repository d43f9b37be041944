/* [data-arrange]: rows that are dragged by their handle, with a mouse or a finger. Where one is put
   down its number is filled in, and the form is sent as if somebody had typed it. */

const EDGE = 70;
let drag = null;

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  if (!handle || event.button) return;
  event.preventDefault();
  const row = handle.closest("[data-item]");
  drag = { row, id: event.pointerId, next: row.nextElementSibling, y: event.clientY };
  row.classList.add("dragged");
});

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== drag?.id) return;
  drag.y = event.clientY;
  place();
});

document.addEventListener("pointerup", (event) => {
  if (event.pointerId === drag?.id) drop();
});
document.addEventListener("pointercancel", cancel);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") cancel();
  // Once, and not again for the change that it ends.
  if (event.key !== "Enter" || !event.target.matches("[data-place]")) return;
  event.preventDefault();
  event.target.blur();
});

// A number is sent as soon as one has changed and left it.
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-place]")) send(target.form);
});

function place() {
  const { row, y } = drag;
  for (const other of row.parentElement.children) {
    if (other === row) continue;
    const box = other.getBoundingClientRect();
    if (y < box.top || y > box.bottom) continue;
    if (y < box.top + box.height / 2) other.before(row);
    else other.after(row);
    break;
  }
  if (y < EDGE) scrollBy(0, -12);
  else if (y > innerHeight - EDGE) scrollBy(0, 12);
}

function drop() {
  const { row, next } = drag;
  drag = null;
  row.classList.remove("dragged");
  if (row.nextElementSibling === next) return;
  const form = row.closest("[data-arrange]");
  const index = [...row.parentElement.children].indexOf(row);
  row.querySelector("[data-place]").value = Number(form.dataset.arrange) + index;
  send(form);
}

function cancel() {
  if (!drag) return;
  const { row, next } = drag;
  drag = null;
  row.classList.remove("dragged");
  row.parentElement.insertBefore(row, next);
}

function send(form) {
  form.requestSubmit(form.querySelector("[data-order]"));
}
