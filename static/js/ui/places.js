// Offers communes while a name is typed; without it the server asks which one is meant.
for (const field of document.querySelectorAll("input[data-places]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-places`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim().length < 2) return;
    waiting = setTimeout(async () => {
      const answer = await fetch(`${field.dataset.places}?q=${encodeURIComponent(field.value)}`).catch(() => null);
      if (!answer?.ok) return;
      const hits = await answer.json();
      list.replaceChildren(...hits.map((hit) => new Option("", hit.path)));
    }, 200);
  });
}
