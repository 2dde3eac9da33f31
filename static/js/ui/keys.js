// One press of a key opens what says so: <a data-key="F9">. Function keys only: letters belong to whoever writes.
const keyed = new Map([...document.querySelectorAll("a[data-key]")].map((link) => [link.dataset.key, link]));

document.addEventListener("keydown", (event) => {
  const link = keyed.get(event.key);
  if (!link || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.click();
});
