/* [data-more]: the next page comes when one nears the end of this one; after five of them one has
   to ask. Nothing comes while the footer is in sight: it would jump away from who came for it. */

const ALONE = 5;
const NEAR = 600;
const footer = document.querySelector("footer");
const said = document.querySelector("[data-said]");
const list = () => document.querySelector("[data-list]");
const link = () => document.querySelector("[data-more]");
const top = (node) => node.getBoundingClientRect().top;

let alone = 0;
let asked = null;

const nearing = new IntersectionObserver(look, { rootMargin: `0px 0px ${NEAR}px` });
const leaving = new IntersectionObserver(look);
leaving.observe(footer);

function look() {
  const more = link();
  if (!more || asked || alone >= ALONE) return;
  if (top(more) > innerHeight + NEAR || top(footer) < innerHeight) return;
  alone += 1;
  more.click();
}

function watch() {
  nearing.disconnect();
  if (link()) nearing.observe(link());
}

document.addEventListener("click", (event) => {
  const more = event.target.closest?.("[data-more]");
  if (!more || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (event.isTrusted) alone = 0;
  asked = { before: list().childElementCount, here: document.activeElement === more };
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const by = detail.requestConfig?.elt;
  if (by?.matches("[data-filters]")) alone = 0;
  else if (asked && by?.matches("[data-more]")) arrived(asked);
  else return;
  asked = null;
  watch();
});
document.addEventListener("htmx:sendError", () => { asked = null; });
document.addEventListener("htmx:responseError", () => { asked = null; });
watch();

function arrived({ before, here }) {
  const now = list().childElementCount;
  said.textContent = list().dataset.list.replace("0", now.toLocaleString(document.documentElement.lang));
  if (here) list().children[before]?.querySelector("a").focus({ preventScroll: true });
}
