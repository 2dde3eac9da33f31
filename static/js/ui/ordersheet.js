// The order sheet by keyboard: Enter and arrows lead from row to row, sums follow what is typed.
const sheet = document.querySelector("[data-sheet]");
const english = document.documentElement.lang === "en";
const dong = (sum) => `${sum.toLocaleString(english ? "en-US" : "de-DE")}\u00a0₫`;
const read = (text) => Number(text.trim().replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".")) || 0;

function stairOf(field) {
  const stairs = JSON.parse(field.dataset.stairs);
  const amount = read(field.value);
  return stairs.filter(([start]) => start <= amount).at(-1) ?? stairs[0];
}

// What cannot be read here ("2 tạ") is worked out by the server.
const sumOf = (field) => Math.round(stairOf(field)[2] * read(field.value));

function add() {
  let grand = 0;
  for (const table of sheet.querySelectorAll("table")) {
    let total = 0;
    for (const field of table.querySelectorAll("[data-stairs]")) {
      const row = field.closest("tr");
      total += sumOf(field);
      row.querySelector("[data-sum]").textContent = dong(sumOf(field));
      if (read(field.value)) row.querySelector("[data-price]").textContent = dong(stairOf(field)[1]);
    }
    table.querySelector("[data-total]").textContent = dong(total);
    grand += total;
  }
  sheet.querySelector("[data-grand]").textContent = dong(grand);
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
