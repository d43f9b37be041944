/* [data-live]: shows what happens on the server as it happens. What it names is asked for again at
   its data-live-url; "page" is the page itself, which waits for something, and "picture" a picture
   that could not be had. It hears through a socket, and asks now and then where there is none. */

// What a message is about, as elements name it.
const PARTS = {
  run: "runs", queue: "queues", mirror: "mirror", errand: "errands", letter: "letters",
  arrived: "page", picture: "picture", notified: "bell",
};
// Why the server closes a socket that it would only close again.
const FOR_GOOD = new Set([1008, 4400, 4401, 4410, 4429]);
const [MOMENT, RETRY_AT_MOST, SILENCE] = [1000, 30_000, 60_000];
// Beside a socket, without one, and once it takes long.
const [BESIDE, ALONE, LATER] = [30_000, 10_000, 60_000];
const PATIENCE = 12;
const loaded = Date.now();

const about = /^\/(movie|tv|person|collection)\/(\d+)/.exec(location.pathname);
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

let socket = null;
let failures = 0;
let refused = false;
let polls = 0;
let [retry, poll, watch] = [0, 0, 0];
const shown = new WeakMap();
const asked = new WeakMap();
const waiting = new Map();

const isThere = (part) => {
  const img = part.querySelector("img:not(.stand-in)");
  return !img || !img.complete || img.naturalWidth > 0;
};
const parts = () => [...document.querySelectorAll("[data-live]")].filter(
  (part) => part.dataset.live !== "picture" || !isThere(part),
);
/* What stands on every page is asked for less often, and is as it was made when the page was. */
const due = () => parts().filter(
  (part) => part.dataset.live !== "bell" || Date.now() - (asked.get(part) ?? loaded) >= LATER,
);
const isOpen = () => socket?.readyState === WebSocket.OPEN;

function start() {
  if (document.hidden || !parts().length) return;
  if (!socket && !retry && !refused) connect();
  clearTimeout(poll);
  const alone = about && polls > PATIENCE ? LATER : ALONE;
  poll = setTimeout(() => {
    polls += 1;
    due().forEach(soon);
    start();
  }, isOpen() ? BESIDE : alone);
}

function stop() {
  [retry, poll, watch, ...waiting.values()].forEach(clearTimeout);
  waiting.clear();
  const left = socket;
  socket = null;
  retry = 0;
  // One that is still being opened would complain.
  if (left?.readyState === WebSocket.CONNECTING) left.onopen = () => left.close();
  else left?.close();
}

function connect() {
  const address = new URL("/ws/", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  if (about) address.searchParams.set("hear", `title.${about[1]}.${about[2]}`);
  const opened = new WebSocket(address);
  socket = opened;
  // It may have happened while nobody listened.
  opened.onopen = () => { due().forEach(soon); start(); };
  opened.onmessage = ({ data }) => hear(opened, JSON.parse(data));
  opened.onclose = ({ code }) => {
    clearTimeout(watch);
    if (socket !== opened) return;
    socket = null;
    refused = FOR_GOOD.has(code);
    failures += 1;
    const most = Math.min(RETRY_AT_MOST, MOMENT * 2 ** failures);
    retry = setTimeout(() => { retry = 0; start(); }, most * (0.5 + Math.random() / 2));
    start();
  };
}

function hear(from, message) {
  failures = 0;
  clearTimeout(watch);
  watch = setTimeout(() => from.close(), SILENCE);
  if (message.kind === "ping") from.send("here");
  else parts().filter(({ dataset }) => dataset.live === PARTS[message.kind]).forEach(soon);
}

/* At most once a second, whatever happens. */
function soon(part) {
  if (waiting.has(part)) return;
  const wait = Math.max(0, (asked.get(part) ?? 0) + MOMENT - Date.now());
  waiting.set(part, setTimeout(async () => {
    waiting.delete(part);
    asked.set(part, Date.now());
    try {
      await (REFRESH[part.dataset.live] ?? refresh)(part);
    } catch {
      // The server is away: it is asked again.
    }
  }, wait));
}

const REFRESH = { page: fill, picture: load };

async function ask(address) {
  const answer = await fetch(address, { cache: "no-store" });
  // Whoever is sent elsewhere has been signed out.
  return answer.ok && !answer.redirected ? answer.text() : null;
}

async function refresh(part) {
  const text = await ask(part.dataset.liveUrl);
  if (text === null || text === shown.get(part) || isTyping(part)) return;
  shown.set(part, text);
  keep(part, () => { part.innerHTML = text; });
}

function load(part) {
  const img = part.querySelector("img:not(.stand-in)");
  [img.srcset, img.src] = [img.srcset, img.src];
}

/* The page that waited is here: it takes the place of this one, and the reader stays where they are. */
async function fill(note) {
  const text = await ask(location.href);
  const page = new DOMParser().parseFromString(text ?? "", "text/html");
  const [main, made] = [document, page].map((one) => one.querySelector("main"));
  if (!made || made.querySelector("[data-live=page]") || !note.isConnected || isTyping(main)) return;
  const place = made.querySelector(`.${note.parentElement.className.split(" ").join(".")}`);
  const { scrollX, scrollY } = window;
  keep(main, () => main.replaceChildren(...made.childNodes));
  document.title = page.title;
  // In its old place, so that nothing moves up.
  note.removeAttribute("data-live");
  note.removeAttribute("role");
  note.querySelector("svg")?.remove();
  note.querySelector("span").textContent = note.dataset.said;
  place?.prepend(note);
  scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  said.textContent = note.dataset.said;
  window.htmx?.process(main);
  for (const script of page.querySelectorAll("script[type=module]")) import(script.src);
  document.dispatchEvent(new Event("filled"));
  if (!parts().length) stop();
}

const isTyping = (root) =>
  root.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

/* What the keyboard is on is found again in what takes its place. */
function keep(root, swap) {
  const on = document.activeElement;
  const selector = root !== on && root.contains(on) ? path(on) : "";
  swap();
  if (selector) root.querySelector(selector)?.focus({ preventScroll: true });
}

function path(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const form = element.closest("form")?.getAttribute("action");
  const own = ["href", "name", "value", "aria-label"]
    .filter((name) => element.hasAttribute(name))
    .map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`);
  const within = form ? `form[action="${CSS.escape(form)}"] ` : "";
  return within + element.localName + own.join("");
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return stop();
  refused = false;
  parts().forEach(soon);
  start();
});
addEventListener("pagehide", stop);
addEventListener("pageshow", ({ persisted }) => persisted && start());
// A picture that fails while one is looking.
document.addEventListener("error", ({ target }) => {
  if (target.closest?.("[data-live=picture]")) start();
}, true);
start();
