// What serves a page and its files when there is no signal. A page's own worker says which pages it answers for:
// offline({ shelf, answers, find, keeps, forgets }). It answers for no data: what was typed lives in the page's store.
//   shelf    the name of this page's shelf
//   answers  (url) => whether it is one of its pages
//   find     (shelf, url, request) => what was kept of it
//   keeps    put each page on the shelf as it comes; else the page does so itself
//   forgets  signed out, or no longer one's own: nothing of it stays on the phone but what waits to be sent
self.offline = ({ shelf, answers, find, keeps = false, forgets = false }) => {
  const PATIENCE = 4000;

  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
    else if (request.mode === "navigate" && answers(url)) event.respondWith(page(request, url));
  });

  async function file(request) {
    const kept = await (await caches.open(shelf)).match(request.url, { ignoreVary: true });
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(shelf)).put(request.url, answer.clone());
    return answer;
  }

  async function page(request, url) {
    try {
      const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
      if (forgets && (answer.status === 403 || answer.status === 404)) await caches.delete(shelf);
      if (keeps && answer.ok && !answer.redirected) await (await caches.open(shelf)).put(request.url, answer.clone());
      if (answer.status < 500) return answer;
    } catch {
      // No signal, or a very slow one: what was kept will do.
    }
    return (await find(await caches.open(shelf), url, request)) ?? Response.error();
  }
};
