// A slip of acceptance counts along while it is typed: net weight, and what is still left to share out. The server counts
// for good.
const read = (field) => {
  const text = field.value.trim().toLowerCase().replace(/\s*kg$/u, "");
  if (!text) return 0;
  if (/^\d{1,3}([.\s]\d{3})+(,\d+)?$/u.test(text)) return Number(text.replace(/[.\s]/gu, "").replace(",", "."));
  return /^\d+([.,]\d+)?$/u.test(text) ? Number(text.replace(",", ".")) : NaN;
};
const language = document.documentElement.lang === "en" ? "en" : "vi";
const told = (kg, unit) => (Number.isNaN(kg) ? "–" : `${kg.toLocaleString(language, { maximumFractionDigits: 3 })} ${unit}`);

for (const form of document.querySelectorAll("form[data-weighing]")) {
  const of = (name) => form.elements[name];
  const parts = [...form.elements].filter((field) => /^(grade|kg)_\d+$/u.test(field.name));
  const count = () => {
    const filled = of("gross").value.trim() !== "";
    const net = read(of("gross")) - read(of("tare")) - read(of("deducted"));
    const rest = net - parts.reduce((sum, field) => sum + read(field), 0);
    form.querySelector("[data-net]").textContent = filled ? told(net, form.dataset.unit) : "–";
    form.querySelector("[data-rest]").textContent = filled ? told(Math.round(rest * 1000) / 1000, form.dataset.unit) : "–";
  };
  form.addEventListener("input", count);
  count();
}
