/* The form of a schedule: says in words what the chosen crontab means. */

const chosen = document.querySelector("#id_crontab");
const known = document.querySelector("#readable-crontabs");
const help = document.querySelector(".field-crontab .help");

if (chosen && known && help) {
  const words = JSON.parse(known.textContent);
  const said = document.createElement("p");
  said.setAttribute("aria-live", "polite");
  help.append(said);
  const say = () => { said.textContent = words[chosen.value] ?? ""; };
  chosen.addEventListener("change", say);
  say();
  // What the server says of it was true when the page was made.
  document.querySelector(".field-crontab_translation")?.setAttribute("hidden", "");
}
