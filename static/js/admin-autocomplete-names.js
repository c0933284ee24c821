// Select2 names its boxes after their own content, which is empty at first: name them after the field's label.
const labelOf = (select) =>
  select.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() || select.getAttribute("aria-label") || "";

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const box = select.parentElement.querySelector(".select2-selection");
    const name = labelOf(select);
    if (!box || !name || box.getAttribute("aria-label") === name) continue;
    for (const part of [box, ...box.querySelectorAll("[role=textbox], [role=searchbox]")]) {
      part.setAttribute("aria-label", name);
      part.removeAttribute("aria-labelledby");
    }
    const content = box.querySelector("[role=textbox][id]");
    if (content) box.setAttribute("aria-describedby", content.id);
  }
}

// Boxes appear when the page is ready and with every added row.
new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
nameBoxes();
window.django?.jQuery(document).on("select2:open", ({ target }) => {
  const name = labelOf(target);
  const box = target.parentElement.querySelector(".select2-selection");
  if (box?.hasAttribute("aria-owns")) box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
  const list = document.querySelector("body > .select2-container--open");
  list?.setAttribute("role", "region");
  list?.setAttribute("aria-label", name);
  list?.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
});
