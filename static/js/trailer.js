/* [data-video]: plays in a dialog on this page. Nothing is asked of YouTube before the click. */

const parts = () => document.querySelectorAll("[data-player], [data-player] :is(b, button, div)");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-video]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const [player, name, close, screen] = parts();
  name.textContent = link.title || link.textContent.trim();
  screen.replaceChildren(frame(link.dataset.video, name.textContent));
  close.onclick = () => player.close();
  player.onclick = ({ target }) => target === player && player.close();
  // The sound stops with it; where the focus was, it is again.
  player.onclose = () => screen.replaceChildren();
  player.showModal();
});

function frame(key, title) {
  const made = document.createElement("iframe");
  made.src = `https://www.youtube-nocookie.com/embed/${encodeURIComponent(key)}?autoplay=1&rel=0`;
  made.title = title;
  made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // YouTube plays for nobody who does not say where.
  made.referrerPolicy = "strict-origin-when-cross-origin";
  return made;
}
