// The depot's pages when there is no signal: what arrives today, and each slip. What is kept here names nobody.
const ARRIVALS = /\/buyer\/arrivals(\/[^/]+)?$/;

const arrivals = (shelf, url) => shelf.match(new URL(`${url.pathname}?kept=1`, url), { ignoreVary: true });

self.offline({ shelf: "arrivals", answers: (url) => ARRIVALS.test(url.pathname), find: arrivals, forgets: true });
