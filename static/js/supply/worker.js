// Weeks ahead when there is no signal.
const AHEAD = /\/desk\/supply\/ahead(\/.*)?$/;

/** That product's page; without a product, any that is here. */
async function ahead(shelf, url) {
  const kept = (path) => shelf.match(new URL(`${path}?kept=1`, url), { ignoreVary: true });
  if (!url.pathname.endsWith("/ahead")) return kept(url.pathname);
  const first = (await shelf.keys()).map((each) => new URL(each.url).pathname).find((path) => path.startsWith(`${url.pathname}/`));
  return first ? kept(first) : undefined;
}

self.offline({ shelf: "weeks-ahead", answers: (url) => AHEAD.test(url.pathname), find: ahead, forgets: true });
