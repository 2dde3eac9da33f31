// A form that survives a lost signal: what was typed is kept on this device until it is sent.
const SECRET = new Set(["password", "file", "hidden"]);
const kept = (form) => [...form.elements].filter((field) => field.name && !SECRET.has(field.type) && !field.dataset.secret);

function save(form, key) {
  const values = {};
  for (const field of kept(form)) {
    if (field.type === "checkbox" || field.type === "radio") (values[field.name] ??= []).push(...(field.checked ? [field.value] : []));
    else values[field.name] = field.value;
  }
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // A full or closed store: typing goes on without it.
  }
}

function restore(form, key) {
  let draft = null;
  try {
    draft = JSON.parse(localStorage.getItem(key) || "null");
  } catch {
    return;
  }
  if (!draft || Date.now() - draft.at > 14 * 86400e3) return;
  for (const field of kept(form)) {
    const value = draft.values[field.name];
    if (value === undefined) continue;
    if (Array.isArray(value)) field.checked = value.includes(field.value);
    else if (!field.value || field.value === field.defaultValue) field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${form.dataset.draft}`;
  if (!form.querySelector('[aria-invalid="true"]')) restore(form, key);
  form.addEventListener("input", () => save(form, key));
  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  };
  // A form that is sent until an answer comes (again.js) says itself when it was.
  form.addEventListener("sent", forget);
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.formNoValidate && form.dataset.again === undefined) forget();
  });
}
