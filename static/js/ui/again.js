// A form reached from a letter, on a line that drops: it is sent again by itself until an answer comes.
// The server does the thing once, however often it is asked. Without this script it is a plain form.
const EVERY = 8000;

async function send(form) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: AbortSignal.timeout(20000) });
  if (answer.status >= 500) throw new Error("try again");
  return answer;
}

function show(answer, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.getElementById("main");
  if (!main) return location.reload();
  document.title = page.title;
  document.getElementById("main").replaceWith(main);
  prepare();
  (document.querySelector("[data-focus]") ?? document.getElementById("main")).scrollIntoView();
  document.querySelector("[data-focus]")?.focus();
}

function sendUntilAnswered(form) {
  const waiting = form.querySelector("[data-waiting]");
  const button = form.querySelector("button");
  let busy = false;
  let timer = 0;
  const attempt = async () => {
    if (busy) return;
    busy = true;
    try {
      const answer = await send(form);
      const html = await answer.text();
      clearInterval(timer);
      removeEventListener("online", attempt);
      if (answer.ok) form.dispatchEvent(new Event("sent"));
      show(answer, html);
    } catch {
      if (waiting) waiting.hidden = false;
    } finally {
      busy = false;
    }
  };
  button.disabled = true;
  timer = setInterval(attempt, EVERY);
  addEventListener("online", attempt);
  attempt();
}

function prepare() {
  for (const form of document.querySelectorAll("form[data-again]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      sendUntilAnswered(form);
    });
  }
}

prepare();
