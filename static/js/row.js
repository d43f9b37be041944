/* [data-row]: arrow buttons for those who point; the row itself scrolls without them. */

startAll();
// A page that waited for its details has new rows, and no old ones.
document.addEventListener("filled", startAll);

function startAll() {
  for (const row of document.querySelectorAll("[data-row]")) {
    const track = row.querySelector("[data-track]");
    const arrows = row.querySelector("[data-arrows]");
    if (track && arrows) start(track, arrows);
  }
}

function start(track, arrows) {
  const [back, on] = arrows.querySelectorAll("button");

  const update = () => {
    const most = track.scrollWidth - track.clientWidth;
    const now = Math.abs(track.scrollLeft);
    arrows.hidden = most <= 1;
    back.disabled = now <= 1;
    on.disabled = now >= most - 1;
  };
  const turn = (way) => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const side = getComputedStyle(track).direction === "rtl" ? -1 : 1;
    track.scrollBy({ left: way * side * track.clientWidth * 0.8, behavior: calm ? "auto" : "smooth" });
  };

  back.addEventListener("click", () => turn(-1));
  on.addEventListener("click", () => turn(1));
  track.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(track);
}
