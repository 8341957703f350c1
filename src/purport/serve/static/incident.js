// The incident page with scripts: a column of the table folds away and comes back.
document.documentElement.classList.add("scripted");

for (const form of document.querySelectorAll("form[data-keep-place]")) {
  form.addEventListener("submit", () => { form.action += location.hash; });
}

for (const button of document.querySelectorAll(".said .fold")) {
  button.addEventListener("click", () => {
    const isFolded = button.getAttribute("aria-expanded") === "true";
    const column = button.closest("[data-column]").dataset.column;
    for (const cell of button.closest("table").querySelectorAll(`[data-column="${column}"]`)) cell.classList.toggle("folded", isFolded);
    button.setAttribute("aria-expanded", String(!isFolded));
    button.textContent = isFolded ? "+" : "–";
    button.title = button.getAttribute("aria-label").replace(/^Fold/, isFolded ? "Unfold" : "Fold");
  });
}
