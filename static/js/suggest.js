/* [data-combobox]: a field that suggests what may be meant, from the address it names. The keyboard
   stays in the field and walks through the list; Enter without a choice sends the form. */

const PAUSE = 150;
const ONE_LETTER = /^\p{L}$/u;

for (const box of document.querySelectorAll("[data-combobox]")) start(box);

function start(box) {
  const field = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const status = box.querySelector("[role=status]");
  let timer = 0;
  let asking = null;
  let shown = "";
  let chosen = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const words = () => field.value.trim().replace(/\s+/g, " ");

  const choose = (index) => {
    const all = options();
    all[chosen]?.removeAttribute("aria-selected");
    chosen = index;
    const option = all[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const toggle = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    toggle(false);
  };
  const show = (asked, told) => {
    choose(-1);
    list.innerHTML = told;
    options().forEach((option, n) => { option.id = `${list.id}-${n}`; });
    list.scrollTop = 0;
    shown = asked;
    toggle(list.childElementCount > 0);
    status.textContent = list.firstElementChild?.dataset.said ?? "";
  };

  const ask = async () => {
    asking?.abort();
    const asked = words();
    if (asked === shown) return toggle(list.childElementCount > 0);
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: asked });
      const answer = await fetch(`${box.dataset.combobox}?${query}`, { signal: asking.signal });
      const told = answer.ok ? await answer.text() : "";
      // Somebody may have typed on, or gone.
      if (asked === words() && document.activeElement === field) show(asked, told);
    } catch {
      // Another question has been asked since, or nobody can be: the form still works.
    }
  };

  // What a key does where the list is open; whether it is done with then.
  const walk = (next) => {
    choose(next);
    return true;
  };
  const last = () => options().length - 1;
  const keys = {
    ArrowDown: () => walk(chosen === last() ? -1 : chosen + 1),
    ArrowUp: () => walk(chosen < 0 ? last() : chosen - 1),
    // Without a choice these two are for what is typed.
    Home: () => chosen >= 0 && walk(0),
    End: () => chosen >= 0 && walk(last()),
    Escape: () => { close(); return true; },
    Enter: () => {
      const option = options()[chosen];
      close();
      if (option) location.assign(option.href);
      return Boolean(option);
    },
  };
  const closedKeys = {
    ArrowDown: () => isEnough(words()) && (ask(), true),
    Escape: () => { field.value = ""; return true; },
    Enter: () => { close(); return false; },
  };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = (list.hidden ? closedKeys : keys)[event.key];
    if (act?.()) event.preventDefault();
  });
  field.addEventListener("input", () => {
    if (!isEnough(words())) return close();
    clearTimeout(timer);
    choose(-1);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", close);

  // A press on the list must not take the keyboard out of the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("pointermove", (event) => {
    const at = options().indexOf(event.target.closest("[role=option]"));
    if (event.pointerType === "mouse" && at >= 0 && at !== chosen) choose(at);
  });
  list.addEventListener("pointerleave", () => choose(-1));
  document.addEventListener("pointerdown", (event) => {
    if (!box.contains(event.target)) close();
  });
  addEventListener("pageshow", close);

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  toggle(false);
}

/* One letter is a word in some scripts, and nothing in ours. */
function isEnough(words) {
  return words.length > 1 || (ONE_LETTER.test(words) && words > "\x7f");
}
