// The gate when there is no signal. It answers for /gate/ alone; the list and the queue live in the page's own database.
self.offline({
  shelf: "gate",
  answers: () => true,
  find: (shelf, _url, request) => shelf.match(request.url, { ignoreSearch: true }),
  keeps: true,
});
