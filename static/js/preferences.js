/* [data-zone] offers the time zone of this device; [data-find] leaves the services in sight that
   somebody types a part of. */

const zones = document.querySelector("#id_time_zone");
const offer = document.querySelector("[data-zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = [...zones.options].find(({ value }) => value === here);

function show() {
  offer.hidden = !option || option.selected;
}

if (option) {
  offer.querySelector("b").textContent = option.textContent;
  offer.querySelector("button").addEventListener("click", () => {
    option.selected = true;
    show();
    zones.focus();
  });
  zones.addEventListener("change", show);
  show();
}

const find = document.querySelector("[data-find]");
const services = [...document.querySelectorAll("[data-service]")];

if (find) {
  const said = find.querySelector("[data-found]");
  find.hidden = false;
  find.addEventListener("input", ({ target }) => {
    const asked = target.value.trim().toLowerCase();
    for (const service of services) {
      service.hidden = !service.textContent.toLowerCase().includes(asked);
      if (asked && !service.hidden) service.closest("details").open = true;
    }
    said.textContent = `${services.filter(({ hidden }) => !hidden).length} ${said.dataset.found}`;
  });
  // Enter would send the form.
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}
