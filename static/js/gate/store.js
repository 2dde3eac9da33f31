// What the phone keeps: its key and list by gate, who came through it today, and what the server has not heard yet.
const NAME = "gate";
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("kept");
      request.result.createObjectStore("marks");
      request.result.createObjectStore("queue", { keyPath: "uuid" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function use(names, mode, act) {
  const shelf = (await open()).transaction(names, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    shelf.oncomplete = resolve;
    shelf.onerror = shelf.onabort = () => reject(shelf.error);
  });
  const asked = act(shelf);
  await done;
  return asked?.result;
}

export const keep = (name, value) => use("kept", "readwrite", (shelf) => shelf.objectStore("kept").put(value, name));
export const kept = (name) => use("kept", "readonly", (shelf) => shelf.objectStore("kept").get(name));
export const mark = (name) => use("marks", "readonly", (shelf) => shelf.objectStore("marks").get(name));
export const queue = () => use("queue", "readonly", (shelf) => shelf.objectStore("queue").getAll());
export const change = (entry) => use("queue", "readwrite", (shelf) => shelf.objectStore("queue").put(entry));

/** A scan and what it means for the next one: both, or neither. */
export const write = (entry, name, value) =>
  use(["queue", "marks"], "readwrite", (shelf) => {
    shelf.objectStore("queue").put(entry);
    if (name) shelf.objectStore("marks").put(value, name);
  });

export const sent = (uuids) =>
  use("queue", "readwrite", (shelf) => uuids.forEach((uuid) => shelf.objectStore("queue").delete(uuid)));
