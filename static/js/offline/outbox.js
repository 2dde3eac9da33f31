// A page that is filled in where there may be no signal: what is sent waits in this phone's own store until the market
// has taken it. Every entry carries a number of its own, so that what arrives twice is one thing. Without this script,
// and where the phone has no store, the forms are plain. See templates/ui/outbox.html. A form says what it is by
// data-queue (and by data-page, where it does not go to the page it stands on): "sheet" is written whole, again and again; "once" is signed once for its address and stays as typed until
// it is taken; any other is a line, and the form is empty again for the next one.
import { settle, stay } from "./staying.js";

const EVERY = 10_000;
const SLOWEST = 10; // bytes in a millisecond
const box = document.querySelector("[data-outbox]");
const forms = [...document.querySelectorAll("form[data-queue]")];
const whole = (kind) => kind === "sheet" || kind === "once";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(box.dataset.store, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

const store = {
  db: null,
  run(mode, act) {
    return new Promise((resolve, reject) => {
      const turn = this.db.transaction("outbox", mode);
      const asked = act(turn.objectStore("outbox"));
      turn.oncomplete = () => resolve(asked.result);
      turn.onerror = turn.onabort = () => reject(turn.error);
    });
  },
  put: (entry) => store.run("readwrite", (kept) => kept.put(entry)),
  drop: (id) => store.run("readwrite", (kept) => kept.delete(id)),
  async mine() {
    const all = await store.run("readonly", (kept) => kept.getAll());
    return all.filter((entry) => entry.who === box.dataset.who).sort((a, b) => a.at - b.at);
  },
};

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// A sheet is written whole: this phone keeps one number for it, and counts how often it wrote.
function nextTurn(form) {
  const key = `sheet:${new URL(form.action).pathname}`;
  const kept = JSON.parse(localStorage.getItem(key) ?? "null") ?? { client: form.elements.client.value, turn: 0 };
  kept.turn += 1;
  localStorage.setItem(key, JSON.stringify(kept));
  form.elements.client.value = kept.client;
  form.elements.turn.value = kept.turn;
}

async function keep(form) {
  const kind = form.dataset.queue;
  if (kind === "sheet") nextTurn(form);
  if (form.elements.at) form.elements.at.value = new Date().toISOString();
  const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && !(value instanceof File && !value.size));
  const about = (form.dataset.name ?? "").split(" ").map((name) => form.elements[name]?.value).filter(Boolean).join(", ");
  const id = `${kind}:${whole(kind) ? form.action : form.elements.client.value}`;
  await store.put({ id, kind, who: box.dataset.who, url: form.action, fields, about, page: form.dataset.page ?? form.action, what: form.dataset.what, at: Date.now(), problems: null });
  clear(form);
  if (!whole(kind)) {
    form.reset();
    form.elements.client.value = uuid();
    form.closest("details")?.removeAttribute("open");
  }
  form.dispatchEvent(new Event("sent"));
}

const token = () => document.querySelector("input[name=csrf_token]")?.value ?? "";

/** Null when the market does not know who is asking. Photos on a weak line take their time. */
async function post(url, body, proof) {
  const headers = { Accept: "application/json", "X-CSRF-Token": proof };
  const bytes = [...body.values()].reduce((sum, value) => sum + (value.size ?? 0), 0);
  const answer = await fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(60_000 + bytes / SLOWEST) });
  return answer.redirected || answer.status === 403 ? null : answer;
}

/** A page that was kept may be older than the session: the one the market gives now has its proof. */
async function freshToken() {
  const answer = await fetch(location.pathname);
  if (!answer.ok || answer.redirected) throw Object.assign(new Error("sign in"), { signin: true });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("input[name=csrf_token]")?.value ?? "";
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = fresh;
  return fresh;
}

async function deliver(entry) {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  const answer = (await post(entry.url, body, token())) ?? (await post(entry.url, body, await freshToken()));
  if (!answer) throw Object.assign(new Error("sign in"), { signin: true });
  const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  if (answer.ok && said?.kept) return said;
  if (answer.status === 422 && said) throw Object.assign(new Error("refused"), { problems: said.problems, wrong: said.fields });
  if (answer.status === 404) throw Object.assign(new Error("gone"), { problems: [box.dataset.refused] });
  throw new Error("later");
}

let busy = false;
let again = false;
let words = "";

async function flush() {
  if (busy) return void (again = true);
  busy = true;
  words = "";
  let taken = 0;
  let refused = null;
  const sent = new Set();
  const pages = new Set();
  const told = [];
  try {
    for (const entry of (await store.mine()).filter((each) => !each.problems)) {
      try {
        const said = await deliver(entry);
        if (await untouched(entry)) await store.drop(entry.id);
        if (said.version) forms.filter((form) => form.action === entry.url).forEach((form) => (form.elements.version.value = said.version));
        taken += 1;
        told.push(...(said.told ?? []));
        if (!whole(entry.kind)) continue;
        sent.add(new URL(entry.url).pathname);
        pages.add(new URL(entry.page ?? entry.url, location).pathname);
      } catch (trouble) {
        if (trouble.problems) {
          refused = { ...entry, problems: trouble.problems, wrong: trouble.wrong };
          await store.put(refused);
        } else {
          words = trouble.signin ? box.dataset.signin : "";
          break;
        }
      }
    }
  } finally {
    busy = false;
  }
  await show(taken, told);
  if (taken || refused) await renew(sent);
  if (refused && whole(refused.kind)) beside(refused, formOf(refused));
  if (pages.size) await stay(box, pages).catch(() => {});
  if (again) {
    again = false;
    await flush();
  }
}

// Written again while it was on its way: the newer one stays.
async function untouched(entry) {
  return (await store.mine()).some((each) => each.id === entry.id && each.at === entry.at);
}

/** `told`: what the market has to say of what it took. */
async function show(taken = 0, told = []) {
  const waiting = await store.mine();
  box.hidden = !waiting.length && !taken && box.hidden;
  const refused = waiting.some((entry) => entry.problems);
  box.querySelector("[data-outbox-state]").textContent = words || (refused ? box.dataset.refused : waiting.length ? box.dataset.waiting : [box.dataset.sent, ...told].join(" "));
  box.dataset.count = waiting.length;
  box.querySelector("[data-outbox-list]").replaceChildren(...waiting.map(line));
}

function line(entry) {
  const item = box.querySelector("template").content.cloneNode(true).firstElementChild;
  item.querySelector("[data-what]").textContent = entry.what;
  item.querySelector("[data-about]").textContent = entry.about;
  if (entry.problems) {
    const problem = item.querySelector("[data-problem]");
    problem.textContent = entry.problems.join(" ");
    problem.hidden = false;
    const back = item.querySelector("[data-back]");
    const form = formOf(entry);
    back.hidden = !form || entry.kind === "once";
    back.addEventListener("click", () => putBack(entry, form));
    const open = item.querySelector("[data-open]");
    open.hidden = Boolean(form) || entry.kind !== "once";
    open.href = entry.url;
    const away = item.querySelector("[data-away]");
    away.hidden = false;
    away.addEventListener("click", () => store.drop(entry.id).then(() => show()));
  }
  return item;
}

function formOf(entry) {
  return forms.find((each) => each.isConnected && each.dataset.queue === entry.kind && (!whole(entry.kind) || each.action === entry.url));
}

function clear(form) {
  for (const sentence of form.querySelectorAll("[data-wrong]")) sentence.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    describe(field, (id) => id !== `${field.id}-error`);
  }
}

function describe(field, stays, ...more) {
  const ids = [...(field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && stays(id)), ...more];
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}

// What the market could not take stands beside its field, as it does on a page that comes from there.
function beside(entry, form) {
  if (!form) return;
  clear(form);
  for (const [name, words] of Object.entries(entry.wrong ?? {})) {
    const field = form.querySelector(`.field [name="${name}"]`);
    if (!field) continue;
    const sentence = box.querySelector("template[data-sentence]").content.cloneNode(true).firstElementChild;
    sentence.id = `${field.id}-error`;
    sentence.querySelector("[data-words]").textContent = words;
    field.closest(".field").append(sentence);
    field.setAttribute("aria-invalid", "true");
    describe(field, () => true, sentence.id);
    field.closest("details")?.setAttribute("open", "");
  }
  form.querySelector("[aria-invalid]")?.focus();
}

function fill(entry, form) {
  const values = new Map();
  for (const [name, value] of entry.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || ["csrf_token", "version", "turn"].includes(field.name)) continue;
    const kept = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
    else if (field.type === "file") putFiles(field, kept);
    else field.value = kept[0] ?? "";
  }
}

async function putBack(entry, form) {
  fill(entry, form);
  form.action = entry.url;
  form.closest("details")?.setAttribute("open", "");
  beside(entry, form);
  await store.drop(entry.id);
  await show();
  form.querySelector("[aria-invalid], input:not([type=hidden])")?.focus();
}

function putFiles(field, files) {
  const held = new DataTransfer();
  for (const file of files) held.items.add(file);
  field.files = held.files;
}

// A form that is one press has nothing that could be lost.
const asks = (form) => [...form.elements].some((field) => field.name && field.type !== "hidden");

// What the market holds now: lists and sums of the page, and what became of a form that was sent for good; never what is
// being typed.
async function renew(sent) {
  const typed = forms.filter((form) => asks(form) && (form.dataset.queue !== "once" || !sent.has(new URL(form.action).pathname)));
  try {
    const answer = await fetch(location.pathname);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (fresh && !typed.some((form) => part.contains(form))) part.replaceChildren(...fresh.childNodes);
    }
    const [here, there] = [document, page].map((each) => each.querySelector("form[data-queue=sheet] [name=version]"));
    if (here && there) here.value = there.value;
  } catch {
    // The line is gone again: the page shows it next time.
  }
}

// A page that was kept shows what the market knew then. What this phone wrote since stands in the form, and each contact
// and deal gets a number of its own, however often the same kept page is opened.
async function recall() {
  const waiting = await store.mine();
  for (const form of forms) {
    const entry = waiting.find((each) => whole(each.kind) && each.url === form.action);
    if (entry) {
      fill(entry, form);
      beside(entry, form);
      for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value);
      if (entry.kind === "once") form.dispatchEvent(new Event("input")); // a sheet would be kept as a draft too
    } else if (form.dataset.queue !== "sheet") form.elements.client.value = uuid();
  }
}

async function begin() {
  try {
    store.db = await opened();
  } catch {
    return;
  }
  await recall();
  for (const form of forms) {
    // Typed otherwise, it is another sending.
    if (form.dataset.queue === "once") form.addEventListener("input", () => (form.elements.client.value = uuid()));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        await keep(form);
      } catch {
        form.submit();
        return;
      }
      await show();
      box.hidden = false;
      if (form.dataset.queue === "once") box.scrollIntoView({ block: "center" });
      await flush();
    });
  }
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  setInterval(async () => (await store.mine()).some((entry) => !entry.problems) && flush(), EVERY);
  await show();
  box.hidden = box.dataset.count === "0";
  if (!box.hidden) await flush();
}

if (box) {
  begin();
  settle(box).catch(() => {});
}
