/* A password can be shown: one typing is enough, and nobody has to guess what went wrong. */

for (const field of document.querySelectorAll("input[type=password]")) start(field);

function start(field) {
  const words = document.querySelector("[data-show]");
  if (!words) return;
  const box = document.createElement("span");
  const button = document.createElement("button");
  box.className = "shown";
  button.type = "button";
  button.textContent = words.dataset.show;
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", field.id);
  field.replaceWith(box);
  box.append(field, button);
  button.addEventListener("click", () => {
    const show = field.type === "password";
    field.type = show ? "text" : "password";
    button.textContent = show ? words.dataset.hide : words.dataset.show;
    button.setAttribute("aria-pressed", String(show));
    field.focus();
  });
  // What is sent is a password again, or browsers do not offer to keep it.
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}
