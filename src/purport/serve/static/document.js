// The document page with scripts: keys go from mark to mark, a mark shows its claims, an event lights up its evidence.
const text = document.getElementById("text");
const chosen = document.getElementById("chosen");
const side = document.getElementById("events");
const PLACE = /^#s(\d+-\d+)$/;
document.documentElement.classList.add("scripted");

// A form that shows the text comes back to the place that was asked for.
for (const form of document.querySelectorAll("form[data-keep-place]")) {
  form.addEventListener("submit", () => { form.action += location.hash; });
}

// A place that is no evidence is marked by the server when it is asked for by name.
function markPlace() {
  const place = PLACE.exec(location.hash);
  if (!text || !place || document.getElementById("s" + place[1])) return;
  const wanted = new URLSearchParams({ at: place[1] });
  if (location.search !== "?" + wanted) location.replace(location.pathname + "?" + wanted + location.hash);
}

if (text && chosen) start();
markPlace();
addEventListener("hashchange", markPlace);

function start() {
  const marks = [...text.querySelectorAll('.m[tabindex="0"]')];
  const rows = new Map();  // from places to the claims that rest on them
  for (const row of side.querySelectorAll("tr[data-spans]")) {
    for (const span of row.dataset.spans.split(" ")) {
      if (!rows.has(span)) rows.set(span, []);
      rows.get(span).push(row);
    }
  }
  let at = 0;
  let lit = [];
  marks.forEach((mark, index) => { if (index) mark.tabIndex = -1; mark.dataset.index = index; });

  function go(index) {
    if (!marks.length) return;
    marks[at].tabIndex = -1;
    at = Math.min(Math.max(index, 0), marks.length - 1);
    marks[at].tabIndex = 0;
    marks[at].focus({ preventScroll: true });
    marks[at].scrollIntoView({ block: "nearest" });
  }

  function unlight() {
    for (const each of lit) each.classList.remove("lit", "current");
    lit = [];
  }

  function light(each, name = "lit") {
    each.classList.add(name);
    lit.push(each);
  }

  function choose(mark) {
    unlight();
    light(mark, "current");
    const first = document.getElementById("s" + mark.dataset.span) || mark;
    if (first.dataset.index !== undefined) { marks[at].tabIndex = -1; at = Number(first.dataset.index); marks[at].tabIndex = 0; }
    const own = rows.get(mark.dataset.span) || [];
    own.forEach((row) => light(row));
    draw(first, own);
    chosen.hidden = false;
    side.scrollTop = 0;
    chosen.focus({ preventScroll: true });
    if (getComputedStyle(side).position !== "sticky") chosen.scrollIntoView({ block: "nearest" });
  }

  function draw(mark, own) {
    const title = element("h3", "The words ", quoted(mark.dataset.span));
    const close = element("button", "Close");
    close.type = "button";
    close.className = "close";
    close.addEventListener("click", leave);
    const told = (mark.dataset.tip || "").split("\n").filter((line) => line && !(own.length && /^\d+\. /.test(line)));
    const lines = element("ul", ...told.map((line) => element("li", isolated(line))));
    const events = [...new Set([...mark.classList].filter((name) => /^e\d+$/.test(name)))];
    const leads = element("p", ...events.flatMap((name) => [link(name), " "]));
    chosen.replaceChildren(title, close, lines, ...(own.length ? [claims(own)] : []), leads);
  }

  function claims(own) {
    const body = element("tbody", ...own.map((row) => { const copy = row.cloneNode(true); copy.classList.remove("lit"); copy.querySelector("th .unseen")?.classList.remove("unseen"); return copy; }));
    const widths = own[0].closest("table").querySelector("colgroup").cloneNode(true);
    const table = element("table", widths, body);
    table.className = "claims";
    table.setAttribute("aria-label", "Claims that rest on these words");
    return table;
  }

  function quoted(span) {
    const quote = element("q", isolated([...text.querySelectorAll(`[data-span="${span}"]`)].map((piece) => piece.textContent).join(" ").slice(0, 300)));
    quote.className = "quote";
    return quote;
  }

  function link(name) {
    const card = document.getElementById(name);
    const a = element("a", card ? card.querySelector("h3").textContent.replace(/\s+/g, " ").trim() : name);
    a.href = "#" + name;
    return a;
  }

  function leave() {
    chosen.hidden = true;
    unlight();
    if (marks.length) marks[at].focus();
  }

  text.addEventListener("keydown", (press) => {
    if (press.altKey || press.ctrlKey || press.metaKey) return;
    const right = getComputedStyle(press.target.closest(".block") || text).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: right, ArrowLeft: -right, ArrowDown: 1, ArrowUp: -1, Home: -marks.length, End: marks.length };
    const mark = press.target.closest(".m");
    if (press.key in steps && mark) { press.preventDefault(); go(at + steps[press.key]); }
    if (press.key === "Enter" && mark) { press.preventDefault(); choose(mark); }
    if (press.key === "Escape") unlight();
  });
  text.addEventListener("focusin", (focus) => {
    const index = focus.target.dataset.index;
    if (index !== undefined && Number(index) !== at) { marks[at].tabIndex = -1; at = Number(index); marks[at].tabIndex = 0; }
  });
  text.addEventListener("click", (click) => {
    const mark = click.target.closest(".m:not(.hint, .pointed)");
    if (!mark || click.ctrlKey || click.metaKey || String(getSelection()).trim()) return;
    const known = click.target.closest(".m.trigger, .m.evidence, .m.source");
    if (known) { click.preventDefault(); choose(known); }
  });
  side.addEventListener("keydown", (press) => { if (press.key === "Escape" && !chosen.hidden) leave(); });
  for (const card of side.querySelectorAll(".event")) {
    const show = () => { if (chosen.hidden) { unlight(); for (const mark of text.getElementsByClassName(card.id)) light(mark); } };
    card.addEventListener("pointerenter", show);
    card.addEventListener("focusin", show);
    card.addEventListener("pointerleave", () => { if (chosen.hidden) unlight(); });
  }
}

function element(tag, ...content) {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}

function isolated(words) { return element("bdi", words); }
