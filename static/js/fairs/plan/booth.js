// A booth: as it is sent, as it is kept here, as it is drawn. fairs/floor.py draws the same.
export const UNIT = 8;
const BITS = ["corner", "water", "cold", "cooking", "accessible", "blocked"];
export const MARKS = ["power", "water", "cold", "cooking", "accessible"];
const SVG = "http://www.w3.org/2000/svg";

// [id, row, number, x, y, w, h, zone, bits, kw, why, held] → a record that is never changed, only replaced.
export function read(sent) {
  const [id, row, number, x, y, w, h, zone_id, bits, kw, blocked_why, held] = sent;
  const booth = { id, row, number, x, y, w, h, zone_id, kw, blocked_why, held: Boolean(held) };
  BITS.forEach((name, at) => (booth[name] = Boolean(bits & (1 << at))));
  return Object.freeze(booth);
}

const SENT = ["row", "number", "x", "y", "w", "h", "zone_id", "kw", "blocked_why", ...BITS];
export const sent = (booth) => Object.fromEntries(SENT.map((name) => [name, booth[name]]));
export const same = (one, other) => SENT.every((name) => one[name] === other[name]);
export const codeOf = (booth) => `${booth.row}${String(booth.number).padStart(2, "0")}`;

function make(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function marksOf(booth) {
  return MARKS.filter((name) => (name === "power" ? booth.kw > 0 : booth[name]));
}

// The group of one booth, made anew inside `node` (which stays in the page).
export function draw(node, booth, zone, key = "plan") {
  const wide = booth.w * UNIT;
  const high = booth.h * UNIT;
  const state = booth.blocked ? " b-blocked" : booth.held ? " b-held" : "";
  const kept = ["is-chosen", "is-here"].filter((name) => node.classList.contains(name));
  node.setAttribute("class", ["b", `h-${zone.hue}${state}`, ...kept].join(" "));
  place(node, booth.x, booth.y);
  const title = make("title", {});
  title.textContent = codeOf(booth);
  const parts = [title, make("rect", { class: "bk", x: 1, y: 1, width: wide - 2, height: high - 2, rx: 7 })];
  if (booth.blocked) {
    parts.push(make("rect", { x: 1, y: 1, width: wide - 2, height: high - 2, rx: 7, fill: `url(#${key}-hatch)` }));
  }
  if (booth.corner) parts.push(make("path", { class: "cn", d: `M${wide - 15} 1h7a7 7 0 0 1 7 7v7z` }));
  const fits = Math.max(1, Math.floor((wide - 8) / 13));
  const first = booth.corner ? fits - 1 : fits;
  marksOf(booth).forEach((name, at) => {
    const [line, spot] = at < first ? [0, at] : [1, at - first];
    parts.push(make("use", { href: `#${key}-m-${name}`, x: 5 + spot * 13, y: 4 + line * 11 }));
  });
  const code = codeOf(booth);
  const number = make("text", { class: code.length > 5 ? "no sm" : "no", x: Math.floor(wide / 2), y: high - 7 });
  number.textContent = code;
  node.replaceChildren(...parts, number);
}

export const newNode = () => make("g", { class: "b" });
export const place = (node, x, y) => node.setAttribute("transform", `translate(${x * UNIT} ${y * UNIT})`);
export const shape = make;

// The coloured floor under the booths of one zone.
export function ground(booths) {
  let path = "";
  for (const b of booths) path += `M${b.x * UNIT} ${b.y * UNIT}h${b.w * UNIT}v${b.h * UNIT}h${-b.w * UNIT}z`;
  return path;
}
