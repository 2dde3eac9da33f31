// The day sheet stays on the phone from its first opening on: each day's page, without the people the stand met, and
// its files. The worker serves them when there is no signal.
const SHELF = "day-sheet";

/** Keep this day's page as it is now, and those of the other days that are not here yet. */
export async function stay(box, fresh = []) {
  const shelf = await caches.open(SHELF);
  const days = [...document.querySelectorAll("[data-day]")].map((link) => `${new URL(link.href).pathname}?kept=1`);
  const files = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`));
  const here = new Set((await shelf.keys()).map((request) => new URL(request.url).href));
  const now = new Set([location.pathname, ...fresh].map((path) => `${path}?kept=1`));
  const wanted = [...days.filter((url) => now.has(url) || !here.has(new URL(url, location).href)), ...new Set(files.filter((url) => !here.has(url)))];
  const done = await Promise.allSettled(wanted.map((url) => put(shelf, url)));
  if (done.every((each) => each.status === "fulfilled")) box.dataset.ready = "offline";
}

async function put(shelf, url) {
  const answer = await fetch(url);
  if (!answer.ok || answer.redirected) throw new Error("not kept");
  await shelf.put(new URL(url, location).href, answer);
}

/** Once, when the page opens. */
export async function settle(box) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register(box.dataset.worker, { scope: box.dataset.scope });
  await navigator.serviceWorker.ready;
  await navigator.storage?.persist?.();
  if (navigator.onLine) await stay(box);
}
