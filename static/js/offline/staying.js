// A page stays on the phone from its first opening on, with those beside it that it names (`data-keep`) and its files.
// It is asked for as ?kept=1: without people, and with a word that there is no signal. The worker serves it then.

/** Keep this page as it is now, and those of the others that are not here yet. */
export async function stay(box, fresh = []) {
  const shelf = await caches.open(box.dataset.shelf);
  const beside = [...document.querySelectorAll("[data-keep]")].map((link) => new URL(link.href).pathname);
  const pages = [...new Set([location.pathname, ...beside, ...fresh])].map((path) => `${path}?kept=1`);
  const files = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`));
  const here = new Set((await shelf.keys()).map((request) => new URL(request.url).href));
  const now = new Set([location.pathname, ...fresh].map((path) => `${path}?kept=1`));
  const wanted = [...pages.filter((url) => now.has(url) || !here.has(new URL(url, location).href)), ...new Set(files.filter((url) => !here.has(url)))];
  const done = await Promise.allSettled(wanted.map((url) => put(shelf, url)));
  if (box.dataset.tidy !== undefined) await tidy(shelf, new Set(pages.map((url) => new URL(url, location).href)));
  if (done.every((each) => each.status === "fulfilled")) box.dataset.ready = "offline";
}

async function put(shelf, url) {
  const answer = await fetch(url);
  if (!answer.ok || answer.redirected) throw new Error("not kept");
  await shelf.put(new URL(url, location).href, answer);
}

/** A page that names all others it belongs to (`data-tidy`): those that it names no more go. */
async function tidy(shelf, named) {
  for (const { url } of await shelf.keys()) {
    if (url.endsWith("?kept=1") && !named.has(url)) await shelf.delete(url);
  }
}

/** Once, when the page opens. */
export async function settle(box) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register(box.dataset.worker, { scope: box.dataset.scope });
  await navigator.serviceWorker.ready;
  await navigator.storage?.persist?.();
  if (navigator.onLine) await stay(box);
}
