// Files for a form: dropped several at once, listed with their sizes, sent with progress. Without this the form works too.
const inputs = [...document.querySelectorAll("input[type=file][data-drop]")];
const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const inMegabytes = (bytes) => `${number.format(Math.max(bytes / 1048576, 0.1))} MB`;

function takeDrops(input) {
  const zone = input.closest(".form-row") ?? input.parentElement;
  const hint = Object.assign(document.createElement("p"), { className: "help", textContent: input.dataset.drop });
  const chosen = Object.assign(document.createElement("ul"), { className: "chosen-files" });
  zone.classList.add("drop-zone");
  zone.append(hint, chosen);

  const show = () => {
    const lines = [...input.files].map((file) =>
      Object.assign(document.createElement("li"), { textContent: `${file.name}: ${inMegabytes(file.size)}` }),
    );
    chosen.replaceChildren(...lines);
  };
  const over = (event) => {
    event.preventDefault();
    zone.dataset.over = "";
  };
  const away = () => delete zone.dataset.over;
  input.addEventListener("change", show);
  zone.addEventListener("dragover", over);
  zone.addEventListener("dragleave", away);
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

function progressBar(form, label) {
  const line = Object.assign(document.createElement("div"), { className: "upload-progress" });
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  const words = document.createElement("span");
  bar.setAttribute("aria-label", label);
  line.append(bar, words);
  form.append(line);
  line.scrollIntoView({ block: "nearest" });
  return {
    at(share) {
      bar.value = share;
      words.textContent = `${label}: ${Math.floor(share * 100)} %`;
    },
    remove: () => line.remove(),
  };
}

function send(event) {
  const form = event.currentTarget;
  const files = inputs.filter((input) => input.form === form && input.files.length);
  if (!files.length) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const bar = progressBar(form, files[0].dataset.progress);
  const buttons = [...form.querySelectorAll("[type=submit]")];
  for (const button of buttons) button.disabled = true;

  const request = new XMLHttpRequest();
  request.open("POST", form.getAttribute("action") || window.location.href);
  request.setRequestHeader("X-Requested-With", "upload");
  request.upload.addEventListener("progress", ({ loaded, total }) => bar.at(loaded / total));
  request.addEventListener("load", () => answer(request));
  request.addEventListener("error", () => {
    // The browser's own way shows its own words about the line.
    bar.remove();
    for (const button of buttons) button.disabled = false;
    form.removeEventListener("submit", send);
    form.requestSubmit(event.submitter);
  });
  request.send(data);
}

function answer(request) {
  if (request.getResponseHeader("Content-Type")?.startsWith("application/json")) {
    window.location.assign(JSON.parse(request.responseText).location);
    return;
  }
  document.open();
  document.write(request.responseText);
  document.close();
}

inputs.forEach(takeDrops);
for (const form of new Set(inputs.map((input) => input.form))) form.addEventListener("submit", send);
