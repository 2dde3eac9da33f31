// The day sheet when there is no signal. It answers for the pages of days and their files alone; what was typed lives
// in the page's own store, and what is kept here names nobody whom the stand met.
const SHELF = "day-sheet";
const PATIENCE = 4000;
const DAY = /\/desk\/fairs\/[^/]+\/day(\/\d{4}-\d\d-\d\d)?$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate" && DAY.test(url.pathname)) event.respondWith(page(request, url));
});

async function file(request) {
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await shelf.put(request.url, answer.clone());
  return answer;
}

async function page(request, url) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    // Signed out, or no longer of this stand: nothing of it stays on the phone but what waits to be sent.
    if (answer.status === 403 || answer.status === 404) await caches.delete(SHELF);
    if (answer.status < 500) return answer;
  } catch {
    // No signal, or a very slow one: what was kept will do.
  }
  return (await kept(url)) ?? Response.error();
}

/** The page of that day; without a day, of today here, or else the nearest that is there. */
async function kept(url) {
  const shelf = await caches.open(SHELF);
  const found = (path) => shelf.match(new URL(`${path}?kept=1`, url), { ignoreVary: true });
  if (!url.pathname.endsWith("/day")) return found(url.pathname);
  const today = new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 10);
  const days = (await shelf.keys())
    .map((each) => new URL(each.url).pathname)
    .filter((path) => path.startsWith(`${url.pathname}/`))
    .sort();
  const before = days.filter((path) => path <= `${url.pathname}/${today}`).at(-1);
  return before || days.length ? found(before ?? days[0]) : undefined;
}
