// The day sheet when there is no signal. What is kept here names nobody whom the stand met.
const DAY = /\/desk\/fairs\/[^/]+\/day(\/\d{4}-\d\d-\d\d)?$/;

/** The page of that day; without a day, of today here, or else the nearest that is there. */
async function day(shelf, url) {
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

self.offline({ shelf: "day-sheet", answers: (url) => DAY.test(url.pathname), find: day, forgets: true });
