// Public pages are the same for everyone; who is looking comes after them.
const parts = (name) => document.querySelectorAll(`[data-corner="${name}"]`);

function badge(link, number) {
  link.querySelector(".dot")?.remove();
  if (!number) return;
  const dot = document.createElement("span");
  dot.className = "dot";
  dot.ariaHidden = "true";
  dot.textContent = number;
  link.append(dot);
  link.setAttribute("aria-label", link.dataset.words.replace("{n}", number));
}

function show(me) {
  for (const link of parts("cart")) badge(link, me.cart);
  for (const link of parts("person")) if (!me.name) link.href = link.dataset.guest;
  if (!me.name) return;
  for (const word of parts("name")) word.textContent = me.name;
  for (const link of parts("signed-in")) link.hidden = false;
  for (const link of parts("office")) link.hidden = !me.office;
  for (const link of parts("desk")) {
    link.hidden = !me.desk_url;
    if (me.desk_url) link.href = me.desk_url;
  }
  for (const name of ["notices", "messages"]) {
    for (const count of parts(name)) {
      count.hidden = !me[name];
      count.textContent = me[name] || "";
    }
  }
}

const prefix = document.documentElement.lang === "en" ? "/en" : "";

// Who is looking, asked once: null on pages without a corner and where nobody answered.
export const visitor = parts("person").length
  ? fetch(`${prefix}/me`, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null)
  : Promise.resolve(null);

visitor.then((me) => me && show(me));
