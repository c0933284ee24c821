// Files for a form: dropped several at once, listed with their sizes, sent with progress; what is refused is said at its
// field, and everything typed and chosen stays. Without this the form works too.
const inputs = [...document.querySelectorAll("input[type=file][data-drop]")];
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

function takeDrops(input) {
  const zone = input.closest(".form-row") ?? input.parentElement;
  const chosen = make("ul", { className: "chosen-files" });
  zone.classList.add("drop-zone");
  zone.append(make("p", { className: "help", textContent: input.dataset.drop }), chosen);

  const show = () => {
    const line = ({ name, size }) => `${name}: ${number.format(Math.max(size / 1048576, 0.1))} MB`;
    chosen.replaceChildren(...[...input.files].map((file) => make("li", { textContent: line(file) })));
  };
  const away = () => delete zone.dataset.over;
  input.addEventListener("change", show);
  zone.addEventListener("dragleave", away);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset.over = "";
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    away();
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
    show();
  });
  show();
}

function send(event) {
  const form = event.currentTarget;
  const filled = inputs.find((input) => input.form === form && input.files.length);
  if (!filled) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const bar = make("progress", { max: 1, value: 0 });
  const words = make("span");
  const line = make("div", { className: "upload-progress" });
  bar.setAttribute("aria-label", filled.dataset.progress);
  line.append(bar, words);
  form.append(line);
  line.scrollIntoView({ block: "nearest" });
  const buttons = [...form.querySelectorAll("[type=submit]")];
  const wait = (waiting) => buttons.forEach((button) => (button.disabled = waiting));
  wait(true);

  const request = new XMLHttpRequest();
  request.open("POST", form.getAttribute("action") || window.location.href);
  request.setRequestHeader("X-Requested-With", "upload");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    words.textContent = `${filled.dataset.progress}: ${Math.floor(bar.value * 100)} %`;
  });
  request.addEventListener("loadend", () => {
    line.remove();
    wait(false);
    if (request.status) return answered(form, request);
    // The line is cut: the browser's own way says so in its own words.
    form.removeEventListener("submit", send);
    form.requestSubmit(event.submitter);
  });
  request.send(data);
}

function answered(form, request) {
  if (!request.getResponseHeader("Content-Type")?.startsWith("application/json")) {
    document.open();
    document.write(request.responseText); // a page that says what is wrong: too large, signed out, disk full
    document.close();
    return;
  }
  const { location, errors = {}, note } = JSON.parse(request.responseText);
  if (location) return window.location.assign(location);
  form.querySelectorAll(".errorlist, .errornote").forEach((old) => old.remove());
  for (const [name, sentences] of Object.entries(errors)) {
    const control = form.querySelector(`[name="${name}"], [name="${name}_0"]`);
    const list = make("ul", { className: "errorlist" });
    list.append(...sentences.map((sentence) => make("li", { textContent: sentence })));
    (control?.closest(".form-row") ?? form).prepend(list);
  }
  const said = make("p", { className: "errornote", textContent: note, tabIndex: -1 });
  said.setAttribute("role", "alert");
  form.prepend(said);
  said.focus();
}

inputs.forEach(takeDrops);
new Set(inputs.map((input) => input.form)).forEach((form) => form.addEventListener("submit", send));
