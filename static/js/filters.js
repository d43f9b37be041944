/* [data-filters]: a form that answers as soon as something in it changes, in an address that names
   only what was asked. A link with [data-asks] asks through the form, so that the two agree. */

const form = document.querySelector("[data-filters]");
let sent = [];
const found = () => document.querySelector("[data-found]");
const results = document.querySelector("#results");
const said = document.querySelector("[data-said]");

// One's own region means something beside these only; another one, what there is to choose from.
const OF_A_REGION = /^(provider|offer|certification)/;

form.addEventListener("formdata", ({ formData }) => {
  const filled = [...formData].filter(([, value]) => value.trim());
  const regional = filled.some(([name]) => OF_A_REGION.test(name));
  const home = form.elements.region?.dataset.else;
  const asked = filled.filter(([name, value]) => name !== "region" || regional || value !== home);
  sent = asked.map(([, value]) => value);
  for (const name of new Set([...formData.keys()])) formData.delete(name);
  for (const [name, value] of asked) formData.append(name, value);
});

document.addEventListener("change", ({ target }) => {
  if (target.form !== form) return;
  if (target.matches("[data-one-more]") && target.value) add(target);
  // What there is to choose from in a region is another form.
  if (target.name === "region") form.submit();
  else form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-asks]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  // To ask the same again would be one more step to go back.
  if (link.href === location.href) return;
  fill(new URL(link.href).searchParams);
  form.requestSubmit();
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.requestConfig?.elt !== form) return;
  said.textContent = found().textContent;
  // What one was on may be gone, as a filter is that was taken off.
  if (document.activeElement === document.body) found().focus({ preventScroll: true });
  if (results.getBoundingClientRect().top < 0) results.scrollIntoView();
});

// Somebody may have gone on typing meanwhile.
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const on = document.activeElement;
  if (!detail.target.contains(on) || !on.list || sent.includes(on.value)) return;
  detail.fragment.querySelector(`#${on.id}`)?.setAttribute("value", on.value);
});

// The page itself says what is wrong.
for (const kind of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(kind, ({ detail }) => {
    if (detail.elt === form) form.submit();
  });
}

function fill(asked) {
  for (const field of form.elements) {
    const values = asked.getAll(field.name);
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.type === "radio") field.checked = (values[0] ?? "") === field.value;
    else if (field.options) pick(field, values);
    // A name that is looked up stands beside those that were found, under the same name.
    else if (field.name) field.value = field.list ? "" : (values[0] ?? "");
  }
}

// Beside those that can be chosen together: a list of one would only take the place of the last.
function add(list) {
  const [option] = list.selectedOptions;
  const [pick, box] = ["label", "input"].map((name) => document.createElement(name));
  Object.assign(box, { type: "checkbox", name: list.name, value: option.value, checked: true });
  pick.className = "pick";
  pick.append(box, option.label);
  list.parentElement.querySelector(".picks").append(pick);
  option.remove();
  list.value = "";
}

function pick(field, values) {
  const offered = [...field.options].map((option) => option.value);
  field.value = values.find((value) => offered.includes(value)) ?? field.dataset.else ?? "";
}
