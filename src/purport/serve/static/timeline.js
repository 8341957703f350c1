// The timeline: bars by arrow keys or dragging choose days. version: 1; source: purport; licence: Apache-2.0

export function followTimeline(section, ask) {
  const svg = section.querySelector("svg");
  if (!svg) return;
  const bars = [...svg.querySelectorAll("rect")];
  const said = document.createElement("p");
  said.className = "quiet said";
  said.setAttribute("aria-live", "polite");
  section.append(said);
  let first = null;
  let last = null;

  function show() {
    const [from, until] = first <= last ? [first, last] : [last, first];
    bars.forEach((bar, place) => bar.classList.toggle("chosen", first !== null && place >= from && place <= until));
    if (first === null) return;
    const number = bars.slice(from, until + 1).reduce((sum, bar) => sum + Number(bar.dataset.n), 0);
    const days = bars[from].dataset.first === bars[until].dataset.last ? bars[from].dataset.first : `${bars[from].dataset.first} to ${bars[until].dataset.last}`;
    said.textContent = `${days}: ${number} ${number === 1 ? "incident" : "incidents"}. Enter narrows to these days.`;
  }
  function choose() {
    if (first === null) return;
    const [from, until] = first <= last ? [first, last] : [last, first];
    ask({ since: bars[from].dataset.first, until: bars[until].dataset.last });
  }
  /** The bar under a pointer, wherever it is above or below it. */
  function under(event) {
    const box = svg.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
    return Math.min(Math.max(place, 0), bars.length - 1);
  }

  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-label", `${svg.getAttribute("aria-label")}. Arrow keys move, with Shift they widen, Enter narrows to these days.`);
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      const next = Math.min(Math.max((last ?? -step) + step, 0), bars.length - 1);
      first = event.shiftKey && first !== null ? first : next;
      last = next;
      show();
      event.preventDefault();
    } else if (event.key === "Enter") {
      choose();
      event.preventDefault();
    }
  });
  svg.addEventListener("pointerdown", (event) => {
    first = last = under(event);
    svg.setPointerCapture(event.pointerId);
    show();
  });
  svg.addEventListener("pointermove", (event) => {
    if (!svg.hasPointerCapture(event.pointerId)) return;
    last = under(event);
    show();
  });
  svg.addEventListener("pointerup", choose);
}
