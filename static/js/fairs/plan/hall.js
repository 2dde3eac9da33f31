// What stands in the hall: records by key, what was saved, steps to take back, and what differs.
import { codeOf, read, same, sent } from "./booth.js";
import { isThing, readThing, sameThings } from "./thing.js";

export class HallPlan {
  constructor(data) {
    this.width = data.width;
    this.depth = data.depth;
    this.zones = new Map(data.zones.map((zone) => [zone.id, zone]));
    this.booths = new Map();
    this.things = new Map();
    this.past = [];
    this.future = [];
    this.born = 0;
    this.listeners = [];
    this.stands(data);
    for (const [key, booth] of this.saved) this.booths.set(key, booth);
    for (const thing of this.savedThings) this.things.set(this.newKey("t"), thing);
  }

  // How the hall stands at the office.
  stands(data) {
    this.version = data.version;
    this.saved = new Map(data.booths.map((each) => [`b${each[0]}`, read(each)]));
    this.savedThings = data.things.map(readThing);
  }

  newKey(letter = "n") {
    this.born += 1;
    return `${letter}${Date.now().toString(36)}${this.born}`;
  }

  kept(key) {
    return isThing(key) ? this.things : this.booths;
  }

  at(key) {
    return this.kept(key).get(key);
  }

  // key → record, or null for one that goes. One step that can be taken back.
  change(changes) {
    const before = new Map([...changes.keys()].map((key) => [key, this.at(key) ?? null]));
    this.past.push(before);
    this.future.length = 0;
    this.put(changes);
  }

  put(changes) {
    for (const [key, booth] of changes) {
      if (booth) this.kept(key).set(key, booth);
      else this.kept(key).delete(key);
    }
    for (const tell of this.listeners) tell(changes);
  }

  undo() {
    return this.step(this.past, this.future);
  }

  redo() {
    return this.step(this.future, this.past);
  }

  step(from, to) {
    const changes = from.pop();
    if (!changes) return false;
    to.push(new Map([...changes.keys()].map((key) => [key, this.at(key) ?? null])));
    this.put(changes);
    return true;
  }

  // What the office does not know yet, as it is sent.
  unsaved() {
    const added = {};
    const changed = {};
    const removed = [];
    for (const [key, booth] of this.booths) {
      const known = this.saved.get(key);
      if (!known) added[key] = sent(booth);
      else if (!same(known, booth)) changed[known.id] = sent(booth);
    }
    for (const [key, known] of this.saved) if (!this.booths.has(key)) removed.push(known.id);
    let count = Object.keys(added).length + Object.keys(changed).length + removed.length;
    const batch = { version: this.version, added, changed, removed };
    const things = [...this.things.values()];
    if (!sameThings(things, this.savedThings)) {
      batch.things = things;
      count += 1;
    }
    return { ...batch, count };
  }

  // The office has taken `batch`; its new booths have ids now. What was drawn since stays unsaved.
  taken(batch, answer) {
    this.version = answer.version;
    if (batch.things) this.savedThings = batch.things;
    const byId = new Map([...this.saved].map(([key, booth]) => [booth.id, key]));
    for (const id of batch.removed) this.saved.delete(byId.get(id));
    for (const [id, booth] of Object.entries(batch.changed)) {
      const key = byId.get(Number(id));
      this.saved.set(key, Object.freeze({ ...this.saved.get(key), ...booth }));
    }
    for (const [key, booth] of Object.entries(batch.added)) {
      this.saved.set(key, Object.freeze({ ...booth, id: answer.ids[key], held: false }));
    }
  }

  // Somebody else drew meanwhile: what differs here is laid over what stands there now. A booth that was sent and
  // whose answer was lost is known again by its number and place.
  rebase(data) {
    const before = this.saved;
    const mine = this.booths;
    const untouched = sameThings([...this.things.values()], this.savedThings);
    this.stands(data);
    const keyOf = new Map([...before].map(([key, booth]) => [booth.id, key]));
    const theirs = new Map();
    const lost = new Map();
    for (const [key, booth] of mine) if (!before.has(key)) lost.set(`${codeOf(booth)}@${booth.x},${booth.y}`, key);
    for (const booth of this.saved.values()) {
      const known = keyOf.get(booth.id) ?? lost.get(`${codeOf(booth)}@${booth.x},${booth.y}`) ?? `b${booth.id}`;
      theirs.set(known, booth);
    }
    this.saved = theirs;
    const next = new Map(theirs);
    for (const [key, known] of before) {
      const booth = mine.get(key);
      if (!booth) next.delete(key);
      else if (!same(known, booth) && theirs.has(key)) {
        next.set(key, Object.freeze({ ...booth, held: theirs.get(key).held }));
      }
    }
    for (const [key, booth] of mine) if (!before.has(key)) next.set(key, booth);
    const changes = new Map();
    for (const key of new Set([...mine.keys(), ...next.keys()])) {
      if (mine.get(key) !== next.get(key)) changes.set(key, next.get(key) ?? null);
    }
    if (untouched) {
      for (const key of this.things.keys()) changes.set(key, null);
      for (const thing of this.savedThings) changes.set(this.newKey("t"), thing);
    }
    this.past.length = this.future.length = 0;
    this.put(changes);
  }

  // Which half metres are taken by others than `but`, and by `more`.
  floor(but = new Set(), more = []) {
    const cells = new Uint8Array(this.width * this.depth);
    for (const [key, b] of [...this.booths, ...more.map((thing) => ["", thing])]) {
      if (but.has(key)) continue;
      for (let y = b.y; y < b.y + b.h; y += 1) cells.fill(1, y * this.width + b.x, y * this.width + b.x + b.w);
    }
    return cells;
  }

  fits(spots, cells, dx = 0, dy = 0) {
    for (const b of spots) {
      const [x, y] = [b.x + dx, b.y + dy];
      if (x < 0 || y < 0 || x + b.w > this.width || y + b.h > this.depth) return false;
      for (let line = y; line < y + b.h; line += 1) {
        for (let at = line * this.width + x; at < line * this.width + x + b.w; at += 1) if (cells[at]) return false;
      }
    }
    return true;
  }

  // Whether all of it lies on the floor.
  inside(spots, dx = 0, dy = 0) {
    return spots.every((s) => s.x + dx >= 0 && s.y + dy >= 0 && s.x + dx + s.w <= this.width && s.y + dy + s.h <= this.depth);
  }

  // Booths by row and number, then what stands beside them.
  inOrder() {
    const booths = [...this.booths].sort(([, a], [, b]) => (a.row < b.row ? -1 : a.row > b.row ? 1 : a.number - b.number));
    return [...booths, ...this.things];
  }
}
