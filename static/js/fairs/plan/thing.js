// Entrances, stages, words on the floor: what stands beside booths. fairs/floor.py draws the same.
import { UNIT, place, shape } from "./booth.js";

const SENT = ["kind", "x", "y", "w", "h", "text"];
// Half metres of a new one that is only pressed, not pulled.
const SIZES = { stage: [16, 8], food: [20, 12], toilet: [8, 6], info: [8, 4], label: [16, 3], north: [4, 6] };

export const readThing = (sent) => Object.freeze(Object.fromEntries(SENT.map((name) => [name, sent[name]])));
export const sameThings = (one, other) =>
  one.length === other.length && one.every((each, at) => SENT.every((name) => each[name] === other[at][name]));
export const isThing = (key) => key.startsWith("t");
export const sizeOf = (kind) => SIZES[kind] ?? [12, 4];

export function drawThing(node, thing, labels, north) {
  const wide = thing.w * UNIT;
  const high = thing.h * UNIT;
  const kept = ["is-chosen", "is-here"].filter((name) => node.classList.contains(name));
  node.setAttribute("class", ["thing", `t-${thing.kind}`, ...kept].join(" "));
  place(node, thing.x, thing.y);
  // A word and an arrow have no ground of their own: something must be there to take hold of.
  const parts = [shape("rect", { class: "hold", width: wide, height: high, rx: 6 })];
  const words = shape("text", { x: wide / 2, y: high / 2 + 5 });
  words.textContent = thing.text || labels[thing.kind];
  if (thing.kind === "north") {
    parts.push(shape("path", { class: "north", d: `M${wide / 2} 4l9 26-9-6-9 6z` }));
    words.setAttribute("y", 46);
    words.textContent = north;
  } else if (high > wide * 1.5) words.setAttribute("transform", `rotate(-90 ${wide / 2} ${high / 2})`);
  node.replaceChildren(...parts, words);
}
