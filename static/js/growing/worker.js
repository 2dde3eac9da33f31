// The diary when there is no signal. What is kept here names nobody who worked in the field.
const DIARY = /\/desk\/diary$/;

const diary = (shelf, url) => shelf.match(new URL(`${url.pathname}?kept=1`, url), { ignoreVary: true });

self.offline({ shelf: "diary", answers: (url) => DIARY.test(url.pathname), find: diary, forgets: true });
