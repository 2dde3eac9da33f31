// Serves the gate's page and its files when there is no signal. It answers for /gate/ alone, and for no data: the
// list and the queue live in the page's own database.
const SHELF = "gate";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(SHELF)).put(request, answer.clone());
  return answer;
}

async function page(request) {
  const shelf = await caches.open(SHELF);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok && !answer.redirected) await shelf.put(request.url, answer.clone());
    if (answer.status < 500) return answer;
  } catch {
    // No signal, or a very slow one: what was kept will do.
  }
  return (await shelf.match(request.url, { ignoreSearch: true })) ?? Response.error();
}
