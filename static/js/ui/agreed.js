// The price agreed with whoever looks: it comes after the page that everybody shares, and only to who has one.
import { visitor } from "./corner.js";

const place = document.querySelector("[data-agreed]");

function part(tag, words, name = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = words;
  return made;
}

function stair([reach, price], unit) {
  const row = part("p", "", "tier on");
  row.append(part("span", reach), part("b", price), part("span", unit));
  return row;
}

function show(own) {
  if (!own.steps) return;
  const stairs = part("div", "", "tiers mt-2");
  stairs.append(...own.steps.map((step) => stair(step, own.unit)));
  place.append(part("h2", own.title, "h3"), stairs, ...own.lists.map((words) => part("p", words, "mt-2 sm")));
  place.hidden = false;
}

if (place) {
  visitor
    .then((me) => (me?.prices ? fetch(place.dataset.agreed, { headers: { Accept: "application/json" } }) : null))
    .then((answer) => (answer?.ok ? answer.json() : {}))
    .then(show)
    .catch(() => {});
}
