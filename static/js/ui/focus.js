// After a refused form the reader is led to what is wrong.
document.querySelector("[data-focus]")?.focus();
