// The plan under mouse, finger and keyboard. The server has drawn the floor; here its booths are taken hold of.
import { UNIT, codeOf, draw, ground, newNode, shape } from "./booth.js";
import { HallPlan } from "./hall.js";
import { Saving } from "./saving.js";
import { drawThing, isThing, sizeOf } from "./thing.js";
import { zoomable } from "./zoom.js";

const BOOTH = 6;
const root = document.querySelector("[data-editor]");
const words = JSON.parse(root.dataset.words);
const data = JSON.parse(document.getElementById("plan-data").textContent);
const plan = new HallPlan(data);
const svg = root.querySelector("svg.plan");
const layer = svg.querySelector(".booths");
const beside = svg.querySelector(".things");
const home = (key) => (isThing(key) ? beside : layer);
const nodes = new Map();
const chosen = new Set();
let here = null;
let mode = "choose";

const part = (name) => document.querySelector(`[data-${name}]`);
const say = (text) => (part("say").textContent = text);
const told = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const metres = (halves) => (halves / 2).toLocaleString(document.documentElement.lang);

const saving = new Saving(plan, {
  url: data.save,
  ref: data.ref,
  token: document.querySelector("input[name=csrf_token]")?.value ?? "",
  words,
  status: part("status"),
  trouble: part("trouble"),
  again: part("rebase"),
});

// --- what is drawn ---------------------------------------------------------------------------------

for (const node of layer.querySelectorAll("[data-booth]")) nodes.set(`b${node.dataset.booth}`, node);
for (const [key, node] of nodes) node.dataset.key = key;

beside.replaceChildren();
for (const [key, thing] of plan.things) beside.append(nodeOf(key, thing));

function nodeOf(key, item) {
  const node = newNode();
  node.dataset.key = key;
  nodes.set(key, node);
  paint(node, key, item);
  return node;
}

function paint(node, key, item) {
  if (isThing(key)) drawThing(node, item, data.kinds, data.north);
  else draw(node, item, plan.zones.get(item.zone_id));
}

const backdrop = svg.querySelector(".floor");
let lines = "";
for (let x = 2; x < data.width; x += 2) lines += `M${x * UNIT} 0V${data.depth * UNIT}`;
for (let y = 2; y < data.depth; y += 2) lines += `M0 ${y * UNIT}H${data.width * UNIT}`;
backdrop.after(shape("path", { class: "grid", d: lines }));

function show(changes) {
  for (const [key, booth] of changes) {
    const node = nodes.get(key);
    if (!booth) {
      node?.remove();
      nodes.delete(key);
      chosen.delete(key);
      if (here === key) here = null;
      continue;
    }
    if (node) paint(node, key, booth);
    else home(key).append(nodeOf(key, booth));
  }
  floorAnew();
  part("count").textContent = plan.booths.size;
  root.querySelector("[data-do=undo]").disabled = !plan.past.length;
  root.querySelector("[data-do=redo]").disabled = !plan.future.length;
  fillPanel();
}
plan.listeners.push(show);

let waiting = 0;
function floorAnew() {
  if (waiting) return;
  waiting = requestAnimationFrame(() => {
    waiting = 0;
    for (const path of svg.querySelectorAll(".ground")) {
      const zone = Number(path.dataset.zone);
      path.setAttribute("d", ground([...plan.booths.values()].filter((booth) => booth.zone_id === zone)));
    }
  });
}

// --- what is chosen --------------------------------------------------------------------------------

function choose(keys, { more = false, spoken = true } = {}) {
  if (!more) {
    for (const key of chosen) nodes.get(key)?.classList.remove("is-chosen");
    chosen.clear();
  }
  for (const key of keys) {
    if (!nodes.has(key)) continue;
    chosen.add(key);
    nodes.get(key).classList.add("is-chosen");
  }
  stand([...keys].at(-1) ?? null);
  fillPanel();
  if (spoken) sayChosen();
}

function stand(key) {
  nodes.get(here)?.classList.remove("is-here");
  here = key;
  nodes.get(here)?.classList.add("is-here");
}

function sayChosen() {
  if (chosen.size === 1) {
    const [key] = chosen;
    const item = plan.at(key);
    say(told(words.one, { code: nameOf(key, item), x: metres(item.x), y: metres(item.y) }));
  } else say(chosen.size ? told(words[booths().length ? "chosen" : "beside"], { n: chosen.size }) : words.none);
}

const nameOf = (key, item) => (isThing(key) ? item.text || data.kinds[item.kind] : codeOf(item));
const items = () => [...chosen].map((key) => [key, plan.at(key)]);
const booths = () => items().filter(([key]) => !isThing(key));
const things = () => items().filter(([key]) => isThing(key));

function apply(change, which = booths()) {
  const changes = new Map();
  for (const [key, item] of which) changes.set(key, Object.freeze({ ...item, ...change(item) }));
  if (!changes.size) return;
  plan.change(changes);
  saving.soon();
}

const spotsOf = (pairs) => pairs.map(([, item]) => item);
// Booths stand beside each other; entrances and words only stay on the floor.
const mayMove = (spots, cells, beside, dx, dy) => plan.fits(spots, cells, dx, dy) && plan.inside(beside, dx, dy);

function moveBy(dx, dy) {
  if (!mayMove(spotsOf(booths()), plan.floor(chosen), spotsOf(things()), dx, dy)) return say(words.blocked_way);
  moved(dx, dy);
}

function moved(dx, dy) {
  apply((item) => ({ x: item.x + dx, y: item.y + dy }), items());
  const [, first] = items()[0] ?? [];
  if (first) say(told(words.moved, { x: metres(first.x), y: metres(first.y) }));
}

function remove() {
  const stuck = booths().find(([, booth]) => booth.held);
  if (stuck) {
    const sentence = told(words.held, { code: codeOf(stuck[1]) });
    say(sentence);
    return trouble(sentence);
  }
  const [count, going] = [booths().length, items()];
  if (!going.length) return;
  plan.change(new Map(going.map(([key]) => [key, null])));
  choose([], { spoken: false });
  say(count ? told(words.deleted, { n: count }) : words.off);
  saving.soon();
}

function trouble(sentence) {
  part("trouble").hidden = false;
  part("trouble").querySelector("span").textContent = sentence;
}

function undo() {
  if (!plan.undo()) return;
  say(words.undone);
  saving.soon();
}

function redo() {
  if (!plan.redo()) return;
  say(words.redone);
  saving.soon();
}

// From the upper left, line by line: what is chosen gets following numbers.
function renumber(row, from) {
  const order = booths().sort(([, a], [, b]) => a.y - b.y || a.x - b.x);
  const changes = new Map(order.map(([key, booth], at) => [key, Object.freeze({ ...booth, row: row || booth.row, number: from + at })]));
  if (!changes.size) return;
  plan.change(changes);
  saving.soon();
}

// --- the panel -------------------------------------------------------------------------------------

const panel = part("panel");
const TICKS = ["corner", "water", "cold", "cooking", "accessible", "blocked"];

function fillPanel() {
  const having = spotsOf(booths());
  const only = having.length ? [] : things();
  part("fields").disabled = !having.length;
  part("fields").hidden = only.length > 0;
  part("beside").hidden = !only.length;
  part("beside").disabled = !only.length;
  part("chosen").textContent = chosen.size === 1 ? nameOf(...items()[0])
    : having.length ? told(words.chosen, { n: having.length })
    : only.length ? told(words.beside, { n: only.length }) : words.none;
  if (only.length) return fillBeside(only[0][1], only.length === 1);
  const shared = (name) => (having.length && having.every((booth) => booth[name] === having[0][name]) ? having[0][name] : "");
  for (const name of TICKS) {
    const ticked = having.filter((booth) => booth[name]).length;
    panel.elements[name].checked = Boolean(having.length) && ticked === having.length;
    panel.elements[name].indeterminate = ticked > 0 && ticked < having.length;
  }
  for (const name of ["zone_id", "row", "kw", "blocked_why"]) {
    if (document.activeElement !== panel.elements[name]) panel.elements[name].value = shared(name);
  }
  if (document.activeElement !== panel.elements.number) panel.elements.number.value = having.length ? Math.min(...having.map((b) => b.number)) : "";
}

function fillBeside(thing, single) {
  for (const [name, value] of [["kind", thing.kind], ["text", thing.text], ["wide", metres(thing.w)], ["high", metres(thing.h)]]) {
    const field = panel.elements[name];
    field.disabled = !single;
    if (document.activeElement !== field) field.value = value;
  }
}

// Metres as they are written here, with comma or point, in half metres; null for anything else.
const halves = (text) => (/^\d{1,3}([.,][05])?$/.test(text.trim()) ? Math.round(Number(text.trim().replace(",", ".")) * 2) : null);

function changeBeside({ name, value }) {
  const [[key, thing]] = things();
  const next = { ...thing };
  if (name === "kind") next.kind = value;
  else if (name === "text") next.text = value.trim();
  else next[name === "wide" ? "w" : "h"] = halves(value) || 0;
  if (!next.w || !next.h || !plan.inside([next])) {
    say(words.blocked_way);
    return fillBeside(thing, true);
  }
  apply(() => next, [[key, thing]]);
}

const whole = (text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null);

panel.addEventListener("submit", (event) => event.preventDefault());
panel.addEventListener("change", ({ target }) => {
  if (["kind", "text", "wide", "high"].includes(target.name)) return changeBeside(target);
  if (target.name === "blocked") return block(target.checked);
  if (TICKS.includes(target.name)) return apply(() => ({ [target.name]: target.checked }));
  if (target.name === "zone_id" && target.value) return apply(() => ({ zone_id: Number(target.value) }));
  if (target.name === "kw") {
    const kw = whole(target.value || "0");
    return kw === null || kw > 999 ? fillPanel() : apply(() => ({ kw }));
  }
  if (target.name === "blocked_why" && panel.elements.blocked.checked) block(true);
});

// A blocked booth has a reason: it is asked for before anything is saved.
function block(wanted) {
  const why = panel.elements.blocked_why;
  if (wanted && !why.value.trim()) {
    why.setAttribute("aria-invalid", "true");
    return why.focus();
  }
  why.removeAttribute("aria-invalid");
  apply(() => ({ blocked: wanted, blocked_why: wanted ? why.value.trim() : "" }));
}

// --- the mouse and the finger ----------------------------------------------------------------------

function spotOf(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return { x: at.x / UNIT, y: at.y / UNIT };
}

let act = null;
let frame = 0;

svg.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || act) return;
  const key = event.target.closest(".b, .thing")?.dataset.key;
  const from = spotOf(event);
  if (mode === "draw") act = rowDrawing(from);
  else if (mode === "beside") act = thingDrawing(from);
  else if (key) {
    const more = event.shiftKey || event.ctrlKey || event.metaKey;
    if (more && chosen.has(key)) {
      choose([...chosen].filter((each) => each !== key));
      return;
    }
    if (!chosen.has(key)) choose([key], { more });
    else stand(key);
    act = dragging(from, key, more);
  } else if (event.pointerType === "touch") return;
  else act = lasso(from, event.shiftKey);
  svg.focus({ preventScroll: true });
  svg.setPointerCapture(event.pointerId);
  event.preventDefault();
});

svg.addEventListener("pointermove", (event) => {
  if (!act) return;
  act.at = spotOf(event);
  if (!frame) {
    frame = requestAnimationFrame(() => {
      frame = 0;
      act?.draw();
    });
  }
});

function end(done) {
  if (!act) return;
  cancelAnimationFrame(frame);
  frame = 0;
  const ended = act;
  act = null;
  if (done) ended.draw();
  ended.end(done);
}
svg.addEventListener("pointerup", (event) => {
  if (act) act.at = spotOf(event);
  end(true);
});
svg.addEventListener("pointercancel", () => end(false));

// All that is chosen hangs in one group, and only its transform changes: 2,000 booths move like one.
// A press that pulls nothing chooses the one under it.
function dragging(from, pressed, more) {
  const group = shape("g", { class: "dragged" });
  const keys = [...chosen];
  const [spots, others] = [spotsOf(booths()), spotsOf(things())];
  let cells = null;
  let step = { x: 0, y: 0 };
  let good = { x: 0, y: 0 };
  return {
    at: from,
    draw() {
      const x = Math.round(this.at.x - from.x);
      const y = Math.round(this.at.y - from.y);
      if (x === step.x && y === step.y) return;
      if (!cells) {
        cells = plan.floor(chosen);
        layer.after(group);
        group.append(...keys.map((key) => nodes.get(key)));
      }
      step = { x, y };
      const fine = mayMove(spots, cells, others, x, y);
      if (fine) good = step;
      group.classList.toggle("is-bad", !fine);
      group.setAttribute("transform", `translate(${x * UNIT} ${y * UNIT})`);
    },
    end(done) {
      if (!cells) {
        if (done && !more && chosen.size > 1) choose([pressed]);
        return;
      }
      for (const key of keys) home(key).append(nodes.get(key));
      group.remove();
      if (done && (good.x || good.y)) moved(good.x, good.y);
    },
  };
}

function lasso(from, more) {
  const box = shape("rect", { class: "lasso" });
  svg.append(box);
  const area = (at) => ({ x: Math.min(from.x, at.x), y: Math.min(from.y, at.y), w: Math.abs(at.x - from.x), h: Math.abs(at.y - from.y) });
  return {
    at: from,
    draw() {
      const { x, y, w, h } = area(this.at);
      for (const [name, value] of [["x", x], ["y", y], ["width", w], ["height", h]]) box.setAttribute(name, value * UNIT);
    },
    end(done) {
      box.remove();
      if (!done) return;
      const { x, y, w, h } = area(this.at);
      const inside = [...plan.booths].filter(([, b]) => b.x < x + w && x < b.x + b.w && b.y < y + h && y < b.y + b.h);
      const around = [...plan.things].filter(([, t]) => t.x >= x && t.y >= y && t.x + t.w <= x + w && t.y + t.h <= y + h);
      choose(w + h < 0.5 ? [] : [...inside, ...around].map(([key]) => key), { more });
    },
  };
}

function rowDrawing(from) {
  const group = shape("g", {});
  svg.append(group);
  const cells = plan.floor();
  let spots = [];
  let fine = false;
  return {
    at: from,
    draw() {
      const first = { x: Math.round(from.x - BOOTH / 2), y: Math.round(from.y - BOOTH / 2), w: BOOTH, h: BOOTH };
      const [dx, dy] = [this.at.x - from.x, this.at.y - from.y];
      const across = Math.abs(dx) >= Math.abs(dy);
      const count = Math.min(200, 1 + Math.floor(Math.abs(across ? dx : dy) / BOOTH + 0.5));
      const sign = Math.sign(across ? dx : dy) || 1;
      spots = Array.from({ length: count }, (_, at) => ({
        ...first,
        x: first.x + (across ? sign * at * BOOTH : 0),
        y: first.y + (across ? 0 : sign * at * BOOTH),
      }));
      fine = plan.fits(spots, cells);
      const look = fine ? "preview" : "preview is-bad";
      group.replaceChildren(
        ...spots.map((s) => shape("rect", { class: look, x: s.x * UNIT, y: s.y * UNIT, width: s.w * UNIT, height: s.h * UNIT, rx: 7 })),
      );
    },
    end(done) {
      group.remove();
      if (!done || !spots.length) return;
      if (!fine) return say(words.blocked_way);
      standNew(spots);
    },
  };
}

// Pressed, it gets the size that such a thing mostly has; pulled, the size that was pulled.
function thingDrawing(from) {
  const box = shape("rect", { class: "preview", rx: 6 });
  svg.append(box);
  let spot = null;
  return {
    at: from,
    draw() {
      const kind = document.getElementById("new-kind").value;
      const [w, h] = [Math.round(Math.abs(this.at.x - from.x)), Math.round(Math.abs(this.at.y - from.y))];
      const [wide, high] = sizeOf(kind);
      spot = w < 2 && h < 2
        ? { x: Math.round(from.x - wide / 2), y: Math.round(from.y - high / 2), w: wide, h: high }
        : { x: Math.round(Math.min(from.x, this.at.x)), y: Math.round(Math.min(from.y, this.at.y)), w: Math.max(1, w), h: Math.max(1, h) };
      box.setAttribute("class", plan.inside([spot]) ? "preview" : "preview is-bad");
      for (const [name, value] of [["x", spot.x], ["y", spot.y], ["width", spot.w], ["height", spot.h]]) box.setAttribute(name, value * UNIT);
    },
    end(done) {
      box.remove();
      if (done && spot) putBeside(spot);
    },
  };
}

function putBeside(spot) {
  if (!plan.inside([spot])) return say(words.blocked_way);
  const [kind, words_on] = ["new-kind", "new-text"].map((id) => document.getElementById(id).value.trim());
  const key = plan.newKey("t");
  plan.change(new Map([[key, Object.freeze({ kind, text: words_on, ...spot })]]));
  document.getElementById("new-text").value = "";
  setMode("choose");
  choose([key]);
  saving.soon();
}

// Without a mouse: where the floor is in sight, to be moved by the arrows from there.
function putInSight() {
  const [w, h] = sizeOf(document.getElementById("new-kind").value);
  const seen = inSight();
  const near = (middle, size, most) => Math.max(0, Math.min(most - size, Math.round(middle - size / 2)));
  putBeside({ x: near(seen.x, w, plan.width), y: near(seen.y, h, plan.depth), w, h });
  svg.focus({ preventScroll: true });
}

function inSight() {
  const box = svg.closest(".plan-w").getBoundingClientRect();
  return spotOf({ clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 });
}

// Without a mouse: the first place, line by line from the upper left wall, that takes the whole row and no stage's.
function rowByNumber() {
  const count = Math.min(200, whole(document.getElementById("new-count").value) || 1);
  const down = document.getElementById("new-way").value === "down";
  const cells = plan.floor(new Set(), [...plan.things.values()].filter((thing) => thing.kind !== "label"));
  const rowAt = (x, y) => Array.from({ length: count }, (_, at) => ({ x: x + (down ? 0 : at * BOOTH), y: y + (down ? at * BOOTH : 0), w: BOOTH, h: BOOTH }));
  for (let y = BOOTH; y + BOOTH <= plan.depth; y += 1) {
    for (let x = BOOTH; x + BOOTH <= plan.width; x += 1) {
      const spots = rowAt(x, y);
      if (!plan.fits(spots, cells)) continue;
      setMode("choose");
      standNew(spots);
      return svg.focus();
    }
  }
  say(words.blocked_way);
}

// New booths with the row and the numbers that are asked for above; a taken number is passed over.
function standNew(spots, zone_id = Number(document.getElementById("new-zone").value)) {
  if (!plan.zones.has(zone_id)) return trouble(words.no_zone);
  const row = document.getElementById("new-row").value.trim() || "A";
  const step = Number(document.getElementById("new-step").value);
  const used = new Set([...plan.booths.values()].map(codeOf));
  let number = whole(document.getElementById("new-number").value) || 1;
  const changes = new Map();
  for (const spot of spots) {
    while (used.has(codeOf({ row, number }))) number += step;
    const booth = { id: null, row, number, zone_id, kw: 0, blocked_why: "", held: false, ...spot };
    for (const name of TICKS) booth[name] = false;
    changes.set(plan.newKey(), Object.freeze(booth));
    number += step;
  }
  document.getElementById("new-number").value = number;
  plan.change(changes);
  choose([...changes.keys()], { spoken: false });
  say(told(words.drawn, { n: changes.size }));
  saving.soon();
}

// --- the keyboard ----------------------------------------------------------------------------------

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LETTERS = { c: "corner", w: "water", l: "cold", k: "cooking", a: "accessible" };

function next(by, more) {
  const order = plan.inOrder().map(([key]) => key);
  if (!order.length) return;
  const at = here ? order.indexOf(here) : by > 0 ? -1 : 0;
  const key = order[(at + by + order.length) % order.length];
  choose([key], { more });
  nodes.get(key)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function besideChosen() {
  const booth = here && plan.booths.get(here);
  if (!booth) return;
  const cells = plan.floor();
  const ways = [[booth.w, 0], [0, booth.h], [-BOOTH, 0], [0, -BOOTH]];
  const free = ways.map(([dx, dy]) => ({ x: booth.x + dx, y: booth.y + dy, w: BOOTH, h: BOOTH })).find((spot) => plan.fits([spot], cells));
  if (!free) return say(words.blocked_way);
  document.getElementById("new-row").value = booth.row;
  document.getElementById("new-number").value = booth.number + 1;
  standNew([free], booth.zone_id);
}

svg.addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    if (key === "z" && event.shiftKey) redo();
    else if (key === "z") undo();
    else if (key === "y") redo();
    else if (key === "a") choose([...plan.booths.keys()]);
    else return;
  } else if (event.altKey) return;
  else if (ARROWS[key] && chosen.size) {
    const far = event.shiftKey ? BOOTH : 1;
    moveBy(ARROWS[key][0] * far, ARROWS[key][1] * far);
  } else if (key === "n") next(1, event.shiftKey);
  else if (key === "p") next(-1, event.shiftKey);
  else if (key === "Escape") {
    if (act) end(false);
    else if (mode !== "choose") setMode("choose");
    else choose([]);
  } else if (key === "Delete" || key === "Backspace") remove();
  else if (key === "d") besideChosen();
  else if (key === "t") {
    setMode("beside");
    document.getElementById("new-kind").focus();
  } else if (key === "r") {
    setMode("draw");
    document.getElementById("new-row").focus();
  } else if (/^[0-9]$/.test(key)) apply(() => ({ kw: Number(key) }));
  else if (LETTERS[key]) {
    const name = LETTERS[key];
    const wanted = !booths().every(([, booth]) => booth[name]);
    apply(() => ({ [name]: wanted }));
  } else if (key === "b" && booths().length) {
    block(!booths().every(([, booth]) => booth.blocked));
  } else return;
  event.preventDefault();
});

// --- buttons ---------------------------------------------------------------------------------------

const ACTS = {
  undo,
  redo,
  delete: remove,
  row: rowByNumber,
  beside: putInSight,
  renumber: () => renumber(panel.elements.row.value.trim(), whole(panel.elements.number.value) || 1),
};
for (const button of root.querySelectorAll("[data-do]")) button.addEventListener("click", ACTS[button.dataset.do]);
for (const button of root.querySelectorAll("[data-mode]")) {
  button.addEventListener("click", () => setMode(button.dataset.mode));
}

function setMode(name) {
  mode = name;
  for (const each of root.querySelectorAll("[data-mode]")) each.setAttribute("aria-pressed", String(each.dataset.mode === name));
  part("new").hidden = mode !== "draw";
  part("put").hidden = mode !== "beside";
  root.classList.toggle("is-drawing", mode !== "choose");
}

svg.setAttribute("tabindex", "0");
svg.setAttribute("role", "application");
for (const name of ["tools", "panel"]) part(name).hidden = false;
zoomable(root.querySelector("[data-zoom]"));
fillPanel();

const left = saving.kept();
if (left) {
  const standing = new Set([...plan.booths.values()].map(codeOf));
  const changes = new Map();
  for (const [key, booth] of Object.entries(left.added)) {
    if (!standing.has(codeOf(booth))) changes.set(key, Object.freeze({ ...booth, id: null, held: false }));
  }
  for (const [id, booth] of Object.entries(left.changed)) {
    const known = plan.booths.get(`b${id}`);
    if (known) changes.set(`b${id}`, Object.freeze({ ...known, ...booth }));
  }
  for (const id of left.removed) if (plan.booths.has(`b${id}`)) changes.set(`b${id}`, null);
  if (left.things) {
    for (const key of plan.things.keys()) changes.set(key, null);
    for (const thing of left.things) changes.set(plan.newKey("t"), Object.freeze(thing));
  }
  if (changes.size) {
    plan.change(changes);
  }
  saving.soon(0);
} else saving.say(words.saved);
