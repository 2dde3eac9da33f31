// Minus and plus beside a number. Reads "1,5" and "1.000", writes what was typed in the same manner.
const read = (text) => Number(text.trim().replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".")) || 0;
const write = (number) => String(Math.round(number * 1000) / 1000).replace(".", ",");

for (const box of document.querySelectorAll("[data-stepper]")) {
  const field = box.querySelector("input");
  const least = Number(field.dataset.least || 0);
  for (const button of box.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      field.value = write(Math.max(least, read(field.value) + Number(button.dataset.step)));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
