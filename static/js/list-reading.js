// Says that a long list is being read, and sends it once.
for (const form of document.querySelectorAll("form[data-reading]")) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
    for (const note of form.querySelectorAll("[data-reading-note]")) note.hidden = false;
  });
  // Back shows the page as it was left.
  window.addEventListener("pageshow", () => { isSent = false; });
}
