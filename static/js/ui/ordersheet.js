// The order sheet by keyboard: Enter and arrows lead from row to row, sums follow what is typed.
const sheet = document.querySelector("[data-sheet]");
const english = document.documentElement.lang === "en";
const dong = (sum) => `${sum.toLocaleString(english ? "en-US" : "de-DE")}\u00a0₫`;
const read = (text) => Number(text.trim().replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".")) || 0;

function priceOf(field) {
  const stairs = JSON.parse(field.dataset.stairs);
  const amount = read(field.value);
  return stairs.filter(([start]) => start <= amount).at(-1)?.[1] ?? stairs[0][1];
}

// What cannot be read here ("2 tạ") is worked out by the server. Weighed goods cost so much a kilogram (data-kg: of one).
const sumOf = (field) => Math.round(priceOf(field) * read(field.value) * Number(field.dataset.kg ?? 1));

// The scale will say: what is weighed is an estimate, and so is what it is added to.
const told = (fields) => {
  const sum = fields.reduce((before, field) => before + sumOf(field), 0);
  return (fields.some((field) => field.dataset.kg && sumOf(field)) ? "≈ " : "") + dong(sum);
};

function add() {
  for (const table of sheet.querySelectorAll("table")) {
    const fields = [...table.querySelectorAll("[data-stairs]")];
    for (const field of fields) {
      const row = field.closest("tr");
      row.querySelector("[data-sum]").textContent = told([field]);
      if (read(field.value)) row.querySelector("[data-price]").textContent = dong(priceOf(field));
    }
    table.querySelector("[data-total]").textContent = told(fields);
  }
  sheet.querySelector("[data-grand]").textContent = told([...sheet.querySelectorAll("[data-stairs]")]);
}

function walk(event) {
  const fields = [...sheet.querySelectorAll("[data-stairs]")];
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = fields.indexOf(event.target);
  if (!step || at < 0) return;
  event.preventDefault();
  const next = fields[at + step] ?? (step > 0 ? sheet.querySelector("[value=cart]") : null);
  next?.focus();
  next?.select?.();
}

if (sheet?.querySelector("[data-stairs]")) {
  sheet.querySelector("[data-look]").hidden = true;
  sheet.addEventListener("input", add);
  sheet.addEventListener("keydown", walk);
}
