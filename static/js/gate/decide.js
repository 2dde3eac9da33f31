// Yes or no, from what the phone carries. The same rules as presence.py on the server.
const AT_WORK = new Set(["staff", "organiser"]);

/** `pass` is the list's line or undefined; `seen` what this phone noted of it today: { inside, at }. */
export function decide(pass, seen, { way, today, list }) {
  if (way === "out") return pass ? { verdict: "left", good: true } : { verdict: "unknown", good: false };
  if (!pass) return { verdict: "unknown", good: false };
  if (pass.revoked) return { verdict: "revoked", good: false };
  const visiting = !AT_WORK.has(pass.kind);
  if (visiting && (today < list.first_day || today > list.last_day)) return { verdict: "other_day", good: false };
  const inside = seen ? seen.inside : pass.inside;
  if (visiting && inside) return { verdict: "double", good: false, at: seen?.at };
  return { verdict: seen ? "again" : "first", good: true };
}

/** The day here, as the server counts it: Vietnam is seven hours ahead of UTC all year. */
export const dayOf = (moment) => new Date(moment.getTime() + 7 * 3600_000).toISOString().slice(0, 10);
