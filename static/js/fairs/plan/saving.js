// Sends what is not saved yet, a moment after the last stroke; waits without a signal; never loses a stroke.
const QUIET = 700;

export class Saving {
  constructor(plan, { url, ref, token, words, status, trouble, again }) {
    Object.assign(this, { plan, url, token, words, status, trouble, again });
    this.key = `plan:${ref}`;
    this.timer = 0;
    this.busy = false;
    this.wait = 2000;
    this.theirs = null;
    addEventListener("online", () => this.soon(0));
    addEventListener("beforeunload", (event) => {
      if (this.plan.unsaved().count) event.preventDefault();
    });
    again.addEventListener("click", () => this.onTop());
  }

  soon(after = QUIET) {
    if (this.theirs) return;
    clearTimeout(this.timer);
    this.say(this.words.saving);
    this.timer = setTimeout(() => this.send(), after);
  }

  say(words) {
    this.status.textContent = words;
  }

  // A copy on this device, should the page be closed without a signal.
  keep(batch) {
    try {
      if (batch.count) localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), batch }));
      else localStorage.removeItem(this.key);
    } catch {
      // A full or closed store: drawing goes on without it.
    }
  }

  kept() {
    try {
      const found = JSON.parse(localStorage.getItem(this.key) || "null");
      return found && Date.now() - found.at < 7 * 86400e3 ? found.batch : null;
    } catch {
      return null;
    }
  }

  async send() {
    if (this.busy) return this.soon();
    const batch = this.plan.unsaved();
    this.keep(batch);
    if (!batch.count) {
      this.trouble.hidden = true;
      return this.say(this.words.saved);
    }
    this.busy = true;
    const { count: _count, ...body } = batch;
    let answer = null;
    try {
      answer = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": this.token },
        body: JSON.stringify(body),
      });
    } catch {
      answer = null;
    }
    this.busy = false;
    if (!answer || answer.status >= 500) return this.later();
    this.wait = 2000;
    const told = await answer.json().catch(() => ({}));
    if (answer.ok && told.version) {
      this.plan.taken(batch, told);
      this.trouble.hidden = true;
      return this.send();
    }
    this.refused(answer.status, told);
  }

  later() {
    this.say(this.words.waiting);
    this.wait = Math.min(60000, this.wait * 2);
    this.timer = setTimeout(() => this.send(), this.wait);
  }

  refused(status, told) {
    this.say(this.words.leaving);
    this.trouble.hidden = false;
    this.trouble.querySelector("span").textContent = told.sentence || this.words.gone;
    this.theirs = status === 409 && told.booths ? told : null;
    this.again.hidden = !this.theirs;
  }

  onTop() {
    const theirs = this.theirs;
    this.theirs = null;
    this.trouble.hidden = this.again.hidden = true;
    this.plan.rebase(theirs);
    this.soon(0);
  }
}
