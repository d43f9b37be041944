/* [data-combobox]: a field that suggests what may be meant, from the address it names. The keyboard
   stays in the field and walks through the list; Enter without a choice sends the form. */

const PAUSE = 150;
const FAR_WORDS = /^\p{L}$/u;

for (const box of document.querySelectorAll("[data-combobox]")) start(box);

function start(box) {
  const field = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const status = box.querySelector("[role=status]");
  let timer = 0;
  let asking = null;
  let shown = "";
  let chosen = -1;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);

  const options = () => [...list.querySelectorAll("[role=option]")];
  const words = () => field.value.trim().replace(/\s+/g, " ");
  const isOpen = () => !list.hidden;

  const toggle = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };
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
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    toggle(false);
  };

  const ask = async () => {
    asking?.abort();
    const asked = words();
    if (asked === shown) {
      toggle(list.childElementCount > 0);
      return;
    }
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: asked });
      const answer = await fetch(`${box.dataset.combobox}?${query}`, { signal: asking.signal });
      if (!answer.ok) return;
      const told = await answer.text();
      // Somebody may have typed on, or gone.
      if (asked === words() && document.activeElement === field) show(asked, told);
    } catch {
      // Another question has been asked since, or nobody can be: the form still works.
    }
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

  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    choose(-1);
    if (isEnough(words())) {
      if (!event.isComposing || isOpen()) timer = setTimeout(ask, PAUSE);
      else timer = setTimeout(ask, 2 * PAUSE);
    } else {
      close();
      status.textContent = "";
    }
  });

  const walk = {
    ArrowDown: (last) => (chosen === last ? -1 : chosen + 1),
    ArrowUp: (last) => (chosen < 0 ? last : chosen - 1),
    // Without a choice these two are for what is typed.
    Home: () => (chosen < 0 ? null : 0),
    End: (last) => (chosen < 0 ? null : last),
  };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (isOpen()) close();
      else field.value = "";
    } else if (event.key === "Enter") {
      const option = isOpen() ? options()[chosen] : null;
      close();
      if (!option) return;
      event.preventDefault();
      location.assign(option.href);
    } else if (event.key in walk) {
      if (!isOpen()) {
        if (event.key === "ArrowDown" && isEnough(words())) { event.preventDefault(); ask(); }
        return;
      }
      const next = walk[event.key](options().length - 1);
      if (next === null) return;
      event.preventDefault();
      choose(next);
    }
  });

  // A press on the list must not take the keyboard out of the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("pointermove", (event) => {
    const at = options().indexOf(event.target.closest("[role=option]"));
    if (event.pointerType === "mouse" && at >= 0 && at !== chosen) choose(at);
  });
  list.addEventListener("pointerleave", () => choose(-1));
  field.addEventListener("blur", close);
  document.addEventListener("pointerdown", (event) => {
    if (!box.contains(event.target)) close();
  });
  addEventListener("pageshow", close);
  toggle(false);
}

function isEnough(words) {
  return words.length > 1 || (FAR_WORDS.test(words) && words > "\x7f");
}
