/* [data-video]: plays in a dialog on this page. Nothing is asked of YouTube before the click. */

const player = document.querySelector("[data-player]");
const [name, close, screen] = player.querySelectorAll("b, button, div");

for (const link of document.querySelectorAll("[data-video]")) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    name.textContent = link.title || link.textContent.trim();
    screen.replaceChildren(frame(link.dataset.video));
    player.showModal();
  });
}

close.addEventListener("click", () => player.close());
player.addEventListener("click", (event) => event.target === player && player.close());
// The sound stops with it; where the focus was, it is again.
player.addEventListener("close", () => screen.replaceChildren());

function frame(key) {
  const made = document.createElement("iframe");
  made.src = `https://www.youtube-nocookie.com/embed/${encodeURIComponent(key)}?autoplay=1&rel=0`;
  made.title = name.textContent;
  made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // YouTube plays for nobody who does not say where.
  made.referrerPolicy = "strict-origin-when-cross-origin";
  return made;
}
