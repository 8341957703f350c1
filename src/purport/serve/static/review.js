// Reviewing one event by keyboard. version: 1; source: purport; licence: Apache-2.0
// Every decision goes to the server one after the other and is called saved only when the server has answered. What got no answer stays
// in this tab's storage and is sent again, each with a token by which the server does it once.
const page = document.getElementById("review");
const event = page.dataset.event;
const csrf = document.querySelector('meta[name="csrf"]').content;
const text = document.getElementById("text");
const list = document.getElementById("claims");
const panel = document.getElementById("panel");
const toast = document.getElementById("toast");
const saving = document.getElementById("saving");
const decided = document.getElementById("decided");
const mayDecide = !document.querySelector("#undo button").disabled;
const STORE = `purport-unsaved-${event}`;
const RETRY_MS = 2000;
let current = null;
let waiting = JSON.parse(sessionStorage.getItem(STORE) || "[]");
let isSending = false;
let picked = null;
let lastField = null;

const rows = () => [...list.children];
const rowOf = (id) => document.getElementById(`claim-${id}`);

// ---------------------------------------------------------------- telling
let toastTimer = 0;
function tell(words, link) {
  toast.replaceChildren(document.createTextNode(words));
  if (link) {
    const a = document.createElement("a");
    a.href = link.href;
    a.textContent = link.words;
    toast.append(" ", a);
  }
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, 8000);
}

function showSaving(state) {
  const count = waiting.length;
  const decisions = count === 1 ? "1 decision waits" : `${count} decisions wait`;
  saving.textContent = state === "lost" ? `Not saved: the server does not answer. ${decisions} in this tab and will be sent again.`
    : count ? "Saving…" : "Saved";
  saving.classList.toggle("lost", state === "lost");
}

// ---------------------------------------------------------------- sending
function token() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
}

function keepWaiting() {
  if (waiting.length) sessionStorage.setItem(STORE, JSON.stringify(waiting));
  else sessionStorage.removeItem(STORE);
}

const answers = new Map();  // what to do with the answer of a decision made in this page, by its token

function send(address, fields, done) {
  const once = token();
  if (done) answers.set(once, done);
  waiting.push({ address, fields: { ...fields, once } });
  keepWaiting();
  showSaving();
  void sendNext();
}

async function sendNext() {
  if (isSending || !waiting.length) return;
  isSending = true;
  const { address, fields } = waiting[0];
  let answer = null;
  let response = null;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRF-Token": csrf },
      body: new URLSearchParams(fields),
    });
    answer = await response.json();
  } catch {
    answer = response && response.status < 500 ? { error: "The server refused. Open the page again; you may have to log in." } : null;
  }
  isSending = false;
  if (answer === null) {
    showSaving("lost");
    setTimeout(sendNext, RETRY_MS);
    return;
  }
  waiting.shift();
  keepWaiting();
  showSaving();
  receive(fields, answer);
  void sendNext();
}

function receive(fields, answer) {
  const done = answers.get(fields.once);
  answers.delete(fields.once);
  if (fields.claim) rowOf(fields.claim)?.classList.remove("saving");
  if (answer.error) {
    if (!done || !done(answer)) tell(answer.error);
    if (fields.claim) rowOf(fields.claim)?.classList.add("failed");
    return;
  }
  patch(answer);
  if (answer.toast) {
    const elsewhere = answer.event && answer.event !== event ? { href: `/review/${answer.event}`, words: "Go there" } : null;
    tell(answer.toast, elsewhere);
  }
  if (done) done(answer);
  if (answer.reload) location.reload();
}

// ---------------------------------------------------------------- patching
const drawn = new WeakMap();  // the markup of a row that a decision drew

function patch(answer) {
  if (!answer.rows) return;
  const holder = document.createElement("template");
  const known = new Set(Object.keys(answer.rows));
  let before = null;
  for (const [id, markup] of Object.entries(answer.rows)) {
    holder.innerHTML = markup;
    const fresh = holder.content.firstElementChild;
    const old = rowOf(id);
    if (!old) {
      if (before) before.after(fresh); else list.prepend(fresh);
      before = fresh;
      continue;
    }
    if (before ? before.nextElementSibling !== old : list.firstElementChild !== old) {
      if (before) before.after(old); else list.prepend(old);
    }
    if (drawn.get(old) !== markup) {
      const hadFocus = old.contains(document.activeElement);
      drawn.set(fresh, markup);
      if (old === current) fresh.classList.add("current");
      old.replaceWith(fresh);
      if (old === current) { current = fresh; light(); }
      if (hadFocus) fresh.focus({ preventScroll: true });
      before = fresh;
    } else {
      before = old;
    }
  }
  for (const row of rows()) if (!known.has(row.dataset.claim)) row.remove();
  if (current && !current.isConnected) choose(rows()[0] || null);
  holder.innerHTML = answer.head;
  document.getElementById("event-head").replaceWith(holder.content.firstElementChild);
  decided.textContent = `${answer.decided} of ${answer.claims} claims decided`;
}

// ---------------------------------------------------------------- the current claim
function spansOf(row) {
  return (row?.dataset.spans || "").split(",").filter(Boolean).map((each) => each.split("-").map(Number));
}

let lit = [];
function light() {
  for (const piece of lit) piece.classList.remove("now");
  lit = [];
  if (!text || !current) return;
  const spans = spansOf(current);
  for (const piece of text.querySelectorAll("[data-at]")) {
    const [start, end] = piece.dataset.at.split("-").map(Number);
    if (spans.some(([from, to]) => from <= start && end <= to)) lit.push(piece);
  }
  if (globalThis.CSS?.highlights && globalThis.Highlight) {
    CSS.highlights.delete("evidence-now");
    if (!lit.length) {
      const ranges = spans.map(([from, to]) => rangeOf(from, to)).filter(Boolean);
      if (ranges.length) CSS.highlights.set("evidence-now", new Highlight(...ranges));
      if (ranges.length) { reveal(ranges[0].startContainer.parentElement); return; }
    }
  }
  for (const piece of lit) piece.classList.add("now");
  if (lit.length) reveal(lit[0]);
}

function reveal(piece) {
  const pane = document.getElementById("text-pane");
  const box = pane.getBoundingClientRect();
  const at = piece.getBoundingClientRect();
  if (at.top < box.top + 40 || at.bottom > box.bottom - 60) pane.scrollTop += at.top - box.top - box.height * 0.35;
}

function rangeOf(from, to) {
  const start = pointOf(from);
  const end = pointOf(to);
  if (!start || !end) return null;
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}

function pointOf(codePoint) {
  const blocks = [...text.querySelectorAll("[data-start]")].filter((block) => Number(block.dataset.start) <= codePoint);
  const block = blocks[blocks.length - 1];
  if (!block) return null;
  let left = codePoint - Number(block.dataset.start);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let units = 0;
    for (const character of node.data) {
      if (left === 0) return [node, units];
      units += character.length;
      left -= 1;
    }
    if (left === 0) return [node, units];
  }
  return null;
}

function choose(row, { focus = true } = {}) {
  current?.classList.remove("current");
  current?.removeAttribute("aria-current");
  current = row;
  if (!row) { light(); return; }
  row.classList.add("current");
  row.setAttribute("aria-current", "true");
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  light();
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current);
  choose(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function stepOn() {
  const all = rows();
  const at = all.indexOf(current);
  const open = [...all.slice(at + 1), ...all.slice(0, at)].find((row) => row.matches(".unreviewed:not(.saving), .contested:not(.saving)"));
  if (open) choose(open);
}

function judge(verdict) {
  if (!current || !mayDecide) return;
  const row = current;
  row.classList.add("saving");
  row.classList.remove("failed");
  send(`/review/${event}/judge`, { claim: row.dataset.claim, verdict });
  stepOn();
}

function undo() {
  if (!mayDecide) return;
  send("/undo", { event }, (answer) => {
    if (answer.gone) location.assign(answer.event && answer.event !== event ? `/review/${answer.event}` : "/queue");
    else if (answer.claim && rowOf(answer.claim)) choose(rowOf(answer.claim));
  });
}

// ---------------------------------------------------------------- selecting
function boundary(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const block = element.closest?.("[data-start]");
  if (!block || !text.contains(block)) return null;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return `${block.dataset.start}:${range.toString().length}`;
}

function readSelection() {
  const selection = document.getSelection();
  if (!text || !selection || selection.isCollapsed || !selection.rangeCount) return null;
  const pieces = [];
  const words = [];
  for (let at = 0; at < selection.rangeCount; at += 1) {
    const range = selection.getRangeAt(at);
    const start = boundary(range.startContainer, range.startOffset);
    let end = boundary(range.endContainer, range.endOffset);
    if (start && !end) end = `${start.split(":")[0]}:9999999`.replace(/:\d+$/, `:${lengthOf(start)}`);
    if (!start || !end) return null;
    pieces.push(`${start}-${end}`);
    words.push(range.toString().trim());
  }
  return { where: pieces.join(","), words: words.join(" … ") };
}

function lengthOf(start) {
  return text.querySelector(`[data-start="${start.split(":")[0]}"]`).textContent.length;
}

function fill(field, choice) {
  const where = field.form.elements[field.name === "source_words" ? "source_where" : "where"];
  field.value = choice.words;
  where.value = choice.where;
}

document.addEventListener("selectionchange", () => {
  const choice = readSelection();
  if (!choice) return;
  picked = choice;
  const field = lastField?.isConnected ? lastField : panel.querySelector('textarea[name="words"]');
  if (!panel.hidden && field) fill(field, choice);
});

// ---------------------------------------------------------------- forms
async function open(address, { keep = false } = {}) {
  const choice = keep ? null : readSelection() || picked;
  let markup = "";
  try {
    const response = await fetch(address + (address.includes("?") ? "&" : "?") + "fragment=1", { headers: { Accept: "text/html" } });
    markup = await response.text();
    if (!response.ok) { tell("This form could not be opened. Accept a rejected claim before you correct it."); return; }
  } catch {
    tell("The server does not answer. What you decided is kept; try again in a moment.");
    return;
  }
  panel.innerHTML = markup;
  panel.hidden = false;
  for (const button of panel.querySelectorAll("[hidden]:is([data-close], [data-look-up])")) button.hidden = false;
  wire(panel);
  const field = panel.querySelector('textarea[name="words"]');
  if (field && choice && panel.querySelector("form").dataset.what !== "correct") fill(field, choice);
  (panel.querySelector("[data-role]:not([hidden]) :is(input, select)") || panel.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
  panel.scrollIntoView({ block: "nearest" });
}

function close() {
  panel.hidden = true;
  panel.replaceChildren();
  picked = null;
  lastField = null;
  globalThis.CSS?.highlights?.delete("picked");
  current?.focus({ preventScroll: true });
}

function problem(form, words) {
  const place = form.querySelector("[data-problem]") || panel.querySelector("[data-problem]");
  if (!place) { tell(words); return; }
  place.textContent = words;
  place.hidden = false;
}

function wire(root) {
  for (const each of root.querySelectorAll("textarea")) {
    each.addEventListener("focus", () => { lastField = each; });
    each.addEventListener("input", () => { each.form.elements[each.name === "source_words" ? "source_where" : "where"].value = ""; });
  }
  root.querySelector("[data-close]")?.addEventListener("click", close);
  root.querySelector("[data-roles]")?.addEventListener("change", (change) => showRole(root, change.target.value));
  root.querySelector("[data-look-up]")?.addEventListener("click", () => lookUp(root));
  root.querySelector("[data-place]")?.addEventListener("keydown", (key) => {
    if (key.key === "Enter") { key.preventDefault(); void lookUp(root); }
  });
  root.querySelector(".value-form")?.addEventListener("submit", (submit) => {
    submit.preventDefault();
    const form = submit.target;
    const fields = Object.fromEntries(new FormData(form));
    delete fields.csrf;
    send(form.getAttribute("action"), fields, (answer) => {
      if (answer.error) { problem(form, answer.error); return true; }
      close();
      return true;
    });
  });
  root.querySelector("[data-search]")?.addEventListener("submit", (submit) => {
    submit.preventDefault();
    const form = submit.target;
    void open(`${form.getAttribute("action")}?query=${encodeURIComponent(form.elements.query.value)}`, { keep: true });
  });
  for (const form of root.querySelectorAll("[data-link]")) {
    form.addEventListener("submit", (submit) => {
      submit.preventDefault();
      tell("Merging…");
      send(form.getAttribute("action"), { other: form.elements.other.value }, (answer) => {
        if (answer.error) { problem(form, answer.error); return true; }
        return false;
      });
    });
  }
}

function showRole(root, role) {
  for (const set of root.querySelectorAll("[data-role]")) {
    set.hidden = set.disabled = set.dataset.role !== role;
  }
}

async function lookUp(root) {
  const set = root.querySelector('[data-role="place"]');
  const name = set.querySelector("[data-place]").value;
  const places = set.querySelector("[data-places]");
  const response = await fetch(`/review-places?name=${encodeURIComponent(name)}`, { headers: { Accept: "application/json" } });
  const found = response.ok ? await response.json() : [];
  places.replaceChildren(...found.map((place) => placeItem(set, place)));
  if (!found.length) {
    const none = document.createElement("li");
    none.textContent = "No place of that name is known. Fill the fields in by hand, or leave them empty: not resolved.";
    places.append(none);
  }
  places.querySelector("button")?.focus();
}

function placeItem(set, place) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  const people = place.population ? `, ${place.population.toLocaleString("en")} people` : "";
  button.textContent = `${place.name}, ${place.admin1 || ""} ${place.country || ""} (${place.precision}${people})`;
  button.addEventListener("click", () => {
    for (const name of ["name", "country", "admin1", "geonames_id", "latitude", "longitude", "precision"]) {
      set.querySelector(`[name="${name}"]`).value = place[name] ?? "";
    }
    set.querySelector("[data-places]").replaceChildren();
  });
  item.append(button);
  return item;
}

function writeComment() {
  const form = document.getElementById("comment-form");
  if (!form) return;
  form.closest("details").open = true;
  if (current) form.elements.subject.value = current.dataset.claim;
  form.elements.text.focus();
}

// ---------------------------------------------------------------- keys and clicks
const KEYS = {
  a: () => judge("accept"),
  x: () => judge("reject"),
  c: () => current && open(current.querySelector('[data-open="correct"]').getAttribute("href")),
  n: () => step(1),
  p: () => step(-1),
  s: () => document.getElementById("split")?.requestSubmit(),
  m: () => open(document.querySelector('[data-open="merge"]')?.getAttribute("href")),
  "+": () => open(document.querySelector('[data-open="claim"]').getAttribute("href")),
  u: undo,
  d: () => document.getElementById("done")?.click(),
  t: writeComment,
  v: () => document.getElementById("show-names")?.requestSubmit(),
  g: () => document.getElementById("next-event").click(),
  "?": () => document.getElementById("help").showModal(),
};
const DECIDING = new Set(["a", "x", "c", "s", "m", "+", "u", "d"]);

document.addEventListener("keydown", (key) => {
  if (key.key === "Escape" && !panel.hidden) { key.preventDefault(); close(); return; }
  if (key.ctrlKey || key.metaKey || key.altKey || document.getElementById("help").open) return;
  if (key.target.closest("input, select, textarea, dialog")) return;
  const action = KEYS[key.key];
  if (!action || (DECIDING.has(key.key) && !mayDecide)) return;
  key.preventDefault();
  action();
});

list.addEventListener("click", (click) => {
  const row = click.target.closest("[data-claim]");
  if (!row) return;
  if (row !== current) choose(row, { focus: !click.target.closest("button, a") });
  const button = click.target.closest("[data-verdict]");
  if (button) { click.preventDefault(); judge(button.dataset.verdict); }
  if (click.target.closest("a[href^='#s']")) { click.preventDefault(); light(); }
});
list.addEventListener("focusin", (focus) => {
  const row = focus.target.closest("[data-claim]");
  if (row && row !== current) choose(row, { focus: false });
});
page.addEventListener("click", (click) => {
  const link = click.target.closest("[data-open]");
  if (!link || click.ctrlKey || click.metaKey) return;
  click.preventDefault();
  void open(link.getAttribute("href"));
});
document.getElementById("undo").addEventListener("submit", (submit) => { submit.preventDefault(); undo(); });
document.getElementById("split")?.addEventListener("submit", (submit) => {
  submit.preventDefault();
  tell("Splitting…");
  send(`/review/${event}/split`, {}, null);
});
document.getElementById("help-button").hidden = false;
document.getElementById("help-button").addEventListener("click", KEYS["?"]);
text?.addEventListener("click", (click) => {
  const piece = click.target.closest("[data-at]");
  if (!piece || !document.getSelection().isCollapsed) return;
  const [start, end] = piece.dataset.at.split("-").map(Number);
  const row = rows().find((each) => spansOf(each).some(([from, to]) => from <= start && end <= to));
  if (row) choose(row);
});
window.addEventListener("beforeunload", (leave) => { if (waiting.length) leave.preventDefault(); });
window.addEventListener("hashchange", () => {
  const row = location.hash.startsWith("#claim-") ? document.getElementById(location.hash.slice(1)) : null;
  if (row) choose(row);
});

const asked = location.hash.startsWith("#claim-") ? document.getElementById(location.hash.slice(1)) : null;
choose(asked || rows().find((row) => row.matches(".unreviewed, .contested")) || rows()[0] || null);
document.documentElement.classList.add("scripted");
showSaving();
void sendNext();
