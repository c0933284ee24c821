// Counts anew, while one ticks and types, whom a round of invitations is for; without script there is a button for it.
const form = document.querySelector("form[data-counted]");
const PAUSE = 400;
let waiting;
let asked = 0;

async function count() {
  const number = ++asked;
  const body = new FormData(form);
  body.set("intent", "count");
  const response = await fetch(form.action, { method: "POST", body });
  if (!response.ok || number !== asked) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const counts = page.getElementById("counts");
  if (counts) document.getElementById("counts").replaceChildren(...counts.childNodes);
}

form?.addEventListener("input", ({ target }) => {
  // What a pasted name means is asked beside it, by the button.
  if (target.name === "names") return;
  clearTimeout(waiting);
  waiting = setTimeout(count, PAUSE);
});
