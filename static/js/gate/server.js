// The ways to the server: a key for this phone, the list, and what happened here.
import { signed } from "./code.js";
import { change, keep, kept, queue, sent } from "./store.js";

const BATCH = 100;
const PATIENCE = 15000;

const proof = (key) => ({ Authorization: `Gate ${key}` });

/** What may be sent: a minute's clicks only when the minute is over, for until then they grow. */
async function ready() {
  const minute = new Date(Math.floor(Date.now() / 60000) * 60000).toISOString();
  return (await queue()).filter((entry) => !entry.odd && (!entry.count || entry.at < minute));
}

export class Taken extends Error {}
export class Forged extends Error {}

export class Server {
  constructor({ gate, free, token, device, list, sync }) {
    Object.assign(this, { gate, free, token, device, list, sync });
  }

  /** This phone stands at the gate from now on. */
  async take() {
    const answer = await this.#ask(this.device, { method: "POST", headers: { "X-CSRF-Token": this.token } });
    if (!answer.ok) throw new Taken();
    this.key = (await answer.json()).key;
    await keep(`key:${this.gate}`, this.key);
  }

  /** A gate where nobody stands is taken by opening it; another phone's only by saying so. */
  async open() {
    this.key = await kept(`key:${this.gate}`);
    if (this.key) return;
    if (!this.free) throw new Taken();
    await this.take();
  }

  /** The list, once its signature fits; it is kept before it is used. */
  async fetchList() {
    const answer = await this.#ask(this.list, { headers: proof(this.key) });
    if (answer.status === 403) throw new Taken();
    if (!answer.ok) throw new Error("list");
    const told = await answer.json();
    if (!(await signed(told.list, told.signature, this.key))) throw new Forged();
    await keep(`list:${this.gate}`, told);
    return told.list;
  }

  async keptList() {
    const told = await kept(`list:${this.gate}`);
    if (!told || !this.key) return null;
    return (await signed(told.list, told.signature, this.key)) ? told.list : null;
  }

  /** Everything that waits, of this gate and of those where the phone stood before; told until the server has it. */
  async send() {
    const told = await this.#sendAll(this.gate, this.key);
    for (const gate of new Set((await ready()).map((entry) => entry.gate))) {
      const key = await kept(`key:${gate}`);
      if (key && gate !== this.gate) await this.#sendAll(gate, key).catch(() => {});
    }
    return told;
  }

  async #sendAll(gate, key) {
    const told = { scans: {}, version: "" };
    for (;;) {
      const waiting = (await ready()).filter((entry) => entry.gate === gate).slice(0, BATCH);
      if (!waiting.length) return told;
      const heard = await this.#sendBatch(gate, key, waiting);
      const done = [...Object.keys(heard.scans), ...heard.clicks];
      const odd = waiting.filter((entry) => heard.odd.includes(entry.uuid));
      if (!done.length && !odd.length) throw new Error("sync");
      await sent(done);
      for (const entry of odd) await change({ ...entry, odd: true });
      Object.assign(told.scans, heard.scans);
      told.version = heard.version;
    }
  }

  async #sendBatch(gate, key, waiting) {
    const answer = await this.#ask(this.sync.replace(this.gate, gate), {
      method: "POST",
      headers: { ...proof(key), "Content-Type": "application/json" },
      body: JSON.stringify({
        sent_at: new Date().toISOString(),
        scans: waiting.filter((entry) => entry.hash),
        clicks: waiting.filter((entry) => entry.count),
      }),
    });
    if (answer.status === 403) throw new Taken();
    if (!answer.ok) throw new Error("sync");
    return answer.json();
  }

  #ask(url, options) {
    return fetch(url, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
  }
}
