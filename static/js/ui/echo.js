// Says how a sum was understood while it is typed: "12k" is 12.000 ₫. The server reads it for good.
const SIZES = { k: 1e3, n: 1e3, nghìn: 1e3, nghin: 1e3, ngàn: 1e3, tr: 1e6, triệu: 1e6, trieu: 1e6, tỷ: 1e9, ty: 1e9, tỉ: 1e9 };
const PATTERN = /^(\d+(?:[.,]\d+)*)\s*(\p{L}*)\s*(\d{0,3})\s*(?:đ|₫|vnd)?$/u;

export function money(text) {
  const found = PATTERN.exec(text.trim().toLowerCase().replace(/\s*(đồng|đ|₫|vnd)$/u, ""));
  if (!found) return null;
  const [, figures, word, after] = found;
  if (word && !(word in SIZES)) return null;
  const size = SIZES[word] ?? 1;
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(figures) && size === 1;
  const plain = Number(grouped ? figures.replace(/[.,]/g, "") : figures.replace(",", "."));
  const rest = after ? Number(`0.${after}`) * size : 0;
  const sum = plain * size + rest;
  return Number.isSafeInteger(Math.round(sum)) && (word || !after) ? Math.round(sum) : null;
}

for (const field of document.querySelectorAll('[data-echo="money"]')) {
  const line = document.querySelector(`[data-echo-of="${CSS.escape(field.id)}"]`);
  const tell = () => {
    const sum = money(field.value);
    const shown = sum === null ? "" : `${sum.toLocaleString(document.documentElement.lang === "en" ? "en" : "vi")} ₫`;
    line.textContent = shown && field.dataset.words.replace("{value}", shown);
  };
  field.addEventListener("input", tell);
  tell();
}
