/* [data-card]: its poster becomes the title page's poster, where the browser can do that. */

let named = [];

document.addEventListener("click", (event) => {
  const poster = event.target.closest?.("[data-card]")?.querySelector("img.poster");
  if (!poster || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const hero = document.querySelector(".title-poster .poster");
  if (hero) hero.style.viewTransitionName = "none";
  poster.style.viewTransitionName = "poster";
  named = [hero, poster];
});

// Back from the cache: only the page's own poster keeps the name.
addEventListener("pageshow", () => {
  for (const one of named) if (one) one.style.viewTransitionName = "";
  named = [];
});
