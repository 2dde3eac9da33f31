// The gate on a phone: decides at once from what it carries, writes down, and tells the server when there is a signal.
import { reader, scan } from "./camera.js";
import { hashOf, readCode } from "./code.js";
import { dayOf, decide } from "./decide.js";
import { Forged, Server, Taken } from "./server.js";
import { sound } from "./signal.js";
import { mark, queue, sent, write } from "./store.js";

const main = document.querySelector("[data-gate]");
const find = (name) => main.querySelector(`[data-${name}]`);
const words = JSON.parse(find("words").textContent);
const server = new Server(main.dataset);
const EVERY = 20000;
const OLD = 300000;
const BAD = ["double", "revoked", "other_day"];
let list = null;
let passes = new Map();
let last = null;
let sending = null;
let clicking = Promise.resolve();
let total = 0;
let answers = 0;
let turn = Promise.resolve();
let reached = navigator.onLine;

const say = (name, values = {}) =>
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words[name]);
const clock = (moment) => new Date(moment).toLocaleTimeString("vi-VN", { hour: "numeric", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });

function take(text) {
  list = JSON.parse(text);
  passes = new Map(
    list.passes.map(([hash, kind, label, revoked, inside]) => [hash, { kind, label, revoked: !!revoked, inside: !!inside }]),
  );
  find("list-told").textContent = say("list", { time: clock(list.made_at), count: passes.size });
}

async function tell() {
  const signal = find("signal");
  signal.textContent = reached ? words.online : words.offline;
  signal.className = `tag ${reached ? "tag-ok" : "tag-wait"}`;
  const waiting = await queue();
  const odd = waiting.filter((entry) => entry.odd).length;
  const parts = [];
  if (waiting.length > odd) parts.push(say("waiting", { count: waiting.length - odd }));
  if (odd) parts.push(say("kept", { count: odd }));
  find("waiting").textContent = parts.join(" · ");
}

function answer(colour, word, why, anyway = false) {
  main.dataset.answers = ++answers;
  find("answer").className = `gate-answer gate-${colour}`;
  find("word").textContent = word;
  find("why").textContent = why;
  find("anyway-row").hidden = !anyway;
}

function why({ verdict, at }, pass) {
  if (verdict === "double") return at ? say("double", { time: clock(at) }) : words.double_elsewhere;
  const label = pass ? [list.kinds[pass.kind], pass.label].filter(Boolean).join(" · ") : "";
  return [say(verdict, { time: clock(list.made_at) }), label].filter(Boolean).join(" · ");
}

/** One code after the other: the second of two quick ones knows of the first. */
function inTurn(act) {
  turn = turn.then(act).catch(() => answer("wait", words.look, words.misread));
  return turn;
}

const check = (typed) => inTurn(() => checkOne(typed));

async function checkOne(typed) {
  if (!list) return answer("wait", words.look, words.no_list);
  const code = readCode(typed);
  last = null;
  if (!code) {
    sound(false);
    return answer("wait", words.look, words.misread);
  }
  const hash = await hashOf(code);
  const now = new Date();
  const today = dayOf(now);
  const way = main.querySelector("[name=way]:checked").value;
  const name = `${server.gate}:${today}:${hash}`;
  const [pass, seen] = [passes.get(hash), await mark(name)];
  const found = decide(pass, seen, { way, today, list });
  const scanned = { hash, way, verdict: found.verdict, name, pass };
  const entry = await note(scanned, found.good && way === "in", now, found.good);
  last = found.good ? null : scanned;
  const word = found.good ? (way === "out" ? words.bye : words.yes) : words.no;
  answer(found.good ? "yes" : "no", word, why(found, pass), !found.good && way === "in");
  sound(found.good);
  const shown = answers;
  send().then((told) => correct(entry, told, shown));
}

/** With a signal the server may know better: another gate let them in a moment ago. Once the next one stands there it
    is too late to say so here; the office reads it. */
function correct({ uuid, verdict }, told, shown) {
  const better = told?.scans[uuid];
  if (!better || better === verdict || !BAD.includes(better) || shown !== answers) return;
  sound(false);
  answer("wait", words.look, say("told", { why: better === "double" ? words.double_elsewhere : words[better] }));
}

/** Write a scan down before anybody is told: what was shown is never lost. */
async function note({ hash, way, verdict, name }, letIn, now, moved) {
  const entry = {
    uuid: crypto.randomUUID(),
    gate: server.gate,
    hash,
    direction: way,
    let_in: letIn,
    offline: !reached,
    at: now.toISOString(),
    verdict,
  };
  await write(entry, moved ? name : "", { inside: way === "in", at: entry.at });
  await tell();
  return entry;
}

async function anyway() {
  if (!last) return;
  const scanned = last;
  last = null;
  await note(scanned, true, new Date(), true);
  answer("wait", words.yes, words.let_in);
  sound(true);
  send();
}

/** Counted one after the other, however fast somebody presses. */
function clicked(step) {
  clicking = clicking.then(() => count(step)).catch(() => {});
}

async function count(step) {
  const minute = new Date(Math.floor(Date.now() / 60000) * 60000).toISOString();
  const open = (await queue()).find((entry) => entry.gate === server.gate && entry.count && entry.at === minute);
  if (step < 0 && !open) return;
  const entry = open ?? { uuid: crypto.randomUUID(), gate: server.gate, at: minute, count: 0 };
  entry.count += step;
  if (entry.count > 0) await write(entry);
  else await sent([entry.uuid]);
  total += step;
  find("count").textContent = total;
  await tell();
}

/** One sending at a time; asked again meanwhile, it goes once more. */
function send() {
  sending ??= tryToSend().finally(() => (sending = null));
  return sending;
}

async function tryToSend() {
  try {
    const told = await server.send();
    const old = !list || Date.now() - new Date(list.made_at) > OLD;
    if (old || !reached || (told.version && told.version !== list.version)) take(await server.fetchList());
    reached = true;
    find("again").hidden = true;
    await tell();
    return told;
  } catch (trouble) {
    refuse(trouble);
    await tell();
    return null;
  }
}

function refuse(trouble) {
  if (trouble instanceof Taken) {
    find("again").hidden = false;
    answer("wait", words.look, words.taken);
  } else if (trouble instanceof Forged) answer("wait", words.look, words.forged);
  else reached = false;
}

async function takeOver() {
  try {
    await server.take();
    take(await server.fetchList());
  } catch (trouble) {
    refuse(trouble);
  }
  await send();
}

async function camera() {
  const button = find("camera");
  const read = await reader(main.dataset.decoder);
  if (!read) return;
  let stop = null;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (stop) {
        stop();
        stop = null;
      } else stop = await scan(read, find("video"), check);
    } catch {
      answer("wait", words.look, words.no_camera);
    }
    find("camera-row").hidden = !stop;
    button.setAttribute("aria-pressed", String(Boolean(stop)));
    button.querySelector("span").textContent = stop ? words.camera_off : words.camera_on;
  });
}

/** The page and its files stay on the phone from the first opening on. */
async function stay() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(main.dataset.worker, { scope: main.dataset.scope });
  await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map((entry) => entry.name);
  const ours = files.filter((name) => name.startsWith(`${location.origin}/static/`));
  const shelf = await caches.open("gate");
  await Promise.allSettled([location.href, ...new Set(ours)].map((url) => shelf.add(url)));
  await navigator.storage?.persist?.();
  main.dataset.ready = "offline";
}

async function start() {
  try {
    await server.open();
    const before = await server.keptList();
    if (before) take(before);
    take(await server.fetchList());
    reached = true;
  } catch (trouble) {
    refuse(trouble);
    if (!list) find("list-told").textContent = words.no_list;
  }
  await send();
  await camera();
  await stay().catch(() => {});
}

find("type").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements.code;
  const typed = field.value;
  if (!typed.trim()) return field.focus();
  field.value = "";
  field.focus();
  await check(typed);
});
find("anyway").addEventListener("click", () => inTurn(anyway));
find("click").addEventListener("click", () => clicked(1));
find("unclick").addEventListener("click", () => clicked(-1));
find("now").addEventListener("click", send);
find("again").addEventListener("click", takeOver);
addEventListener("online", send);
addEventListener("offline", () => ((reached = false), tell()));
setInterval(send, EVERY);
start();
