/* What Django's admin leaves to a mouse, or to luck. */

// Editing a value locks its field: the lock beside it closes at once, so that nobody is surprised.
for (const lock of document.querySelectorAll("input[name^='lock_']")) {
  const fields = [...document.querySelectorAll(`[name="${lock.name.slice("lock_".length)}"]`)];
  const close = () => {
    if (fields.some((field) => value(field) !== before(field))) lock.checked = true;
  };
  for (const field of fields) field.addEventListener("input", close);
  // Somebody may have typed before this was here.
  close();
}

function value(field) {
  return field.type === "checkbox" ? String(field.checked) : field.value;
}

function before(field) {
  if (field.type === "checkbox") return String(field.defaultChecked);
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
}
