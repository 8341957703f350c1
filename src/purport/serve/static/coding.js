// Quick coding by keyboard: one key a choice, evidence from the selection, the time spent. version: 1; source: purport; licence: Apache-2.0
const form = document.getElementById("questions");
const text = document.getElementById("text");
const told = document.getElementById("told");
const questions = [...form.querySelectorAll(".question")];
let returning = null; // the question that evidence is being selected for

const say = (words) => { told.textContent = words; };
const isTyping = (element) => element instanceof HTMLElement && element.matches('input[type="text"], textarea, select');
const current = () => document.activeElement?.closest(".question") ?? null;
const answers = (question) => [...question.querySelectorAll('[name^="answer-"], [name^="choice-"]')];
const isAnswered = (question) => {
  const radios = answers(question).filter((each) => each.type === "radio");
  return radios.length ? radios.some((each) => each.checked) : answers(question).some((each) => each.value.trim());
};

function focusOn(question) {
  if (!question) return;
  const all = answers(question);
  const target = all.find((each) => each.checked) ?? all[0];
  target.focus({ preventScroll: true });
  question.scrollIntoView({ block: "nearest" });
  if (target.type === "text") target.select();
}

function lead(question, step) {
  const next = questions[questions.indexOf(question) + step];
  if (next) focusOn(next);
  else if (step > 0) form.querySelector(".finish .main").focus();
}

function save(action) {
  const open = action === "save" ? questions.find((each) => !isAnswered(each) && !isMoot(each)) : null;
  if (open) {
    say(`${open.querySelector("legend").firstChild.textContent.trim()} is not answered.`);
    focusOn(open);
    return;
  }
  form.requestSubmit(form.querySelector(`[name="action"][value="${action}"]`));
}

// Once it is settled that there is no event, nothing else need be.
const isMoot = (question) => {
  const event = document.getElementById("q-event");
  const chosen = event?.querySelector(":checked")?.closest(".side")?.querySelector(".said")?.textContent.trim();
  return chosen === "no" && question !== event;
};

// ------------------------------------------------------------------ evidence
const length = (words) => [...words].length; // code points, as the project counts them

function offsetOf(node, at) {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!line || !text.contains(line)) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, at);
  return Number(line.dataset.start) + length(before.toString());
}

function selectedSpans() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  const found = [];
  for (const line of text.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(line)) continue;
    const own = range.cloneRange();
    if (!line.contains(own.startContainer)) own.setStart(line, 0);
    if (!line.contains(own.endContainer)) own.setEnd(line, line.childNodes.length);
    const words = own.toString();
    const start = offsetOf(own.startContainer, own.startOffset);
    if (start === null || !words.trim()) continue;
    const from = start + length(words) - length(words.trimStart());
    found.push([from, from + length(words.trim()), words.trim()]);
  }
  return found;
}

function takeEvidence(question) {
  const spans = selectedSpans();
  if (!question || !spans.length) return false;
  question.querySelector('[name^="spans-"]').value = spans.map(([start, end]) => `${start}-${end}`).join(" ");
  question.querySelector(".evidence .quote").textContent = spans.map(([, , words]) => words).join(" … ");
  question.querySelector("[data-forget]").hidden = false;
  const written = question.querySelector('input[type="text"][name^="answer-"]');
  if (written && !written.value && ["words", "place"].includes(question.dataset.form)) written.value = spans[0][2].slice(0, 400);
  const other = question.querySelector('[name^="choice-"][value="other"]');
  if (other) other.checked = true;
  document.getSelection().removeAllRanges();
  say("Evidence taken.");
  return true;
}

function forget(question) {
  question.querySelector('[name^="spans-"]').value = "";
  question.querySelector(".evidence .quote").textContent = "";
  question.querySelector("[data-forget]").hidden = true;
  focusOn(question);
}

function evidence(question) {
  if (!question?.querySelector('[name^="spans-"]')) return;
  if (takeEvidence(question)) { focusOn(question); return; }
  returning = question;
  text.focus({ preventScroll: true });
  const start = text.querySelector("mark.unit") ?? text.querySelector("[data-start]");
  if (!start) return;
  start.scrollIntoView({ block: "center" });
  document.getSelection().setBaseAndExtent(start, 0, start, start.childNodes.length);
  say("Select the words with the arrow keys and Shift; Enter takes them.");
}

function moveInText(event) {
  const steps = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] };
  const step = steps[event.key];
  if (event.key === "Enter" && returning) {
    if (takeEvidence(returning)) { focusOn(returning); returning = null; }
    else say("Nothing is selected.");
  } else if (event.key === "Escape" && returning) {
    document.getSelection().removeAllRanges();
    focusOn(returning);
    returning = null;
  } else if (step && returning) {
    document.getSelection().modify(event.shiftKey ? "extend" : "move", ...step);
  } else return false;
  event.preventDefault();
  return true;
}

// ------------------------------------------------------------------ keys
function choose(question, key) {
  const radio = question?.querySelector(`input[type="radio"][data-key="${CSS.escape(key)}"]`);
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  if (radio.value === "other") (question.querySelector('[name^="answer-"]') ?? radio).focus();
  else lead(question, 1);
  return true;
}

function unsaid(question) {
  if (choose(question, "-")) return true;
  const written = question?.querySelector('input[type="text"][name^="answer-"]');
  if (!written || !question.querySelector("[data-unsaid]")) return false;
  written.value = "-";
  lead(question, 1);
  return true;
}

const follow = (selector) => { const link = document.querySelector(selector); if (link) link.click(); return Boolean(link); };
const commands = {
  x: () => (form.querySelector('[value="no_event"]') ? (save("no_event"), true) : false),
  p: () => follow("[data-previous]"),
  z: () => follow("[data-undo]"),
  e: (question) => { evidence(question ?? returning); return true; },
  n: () => { const box = form.querySelector(".comment"); if (!box) return false; box.open = true; box.querySelector("textarea").focus(); return true; },
  "?": () => { const keys = form.querySelector(".keys"); if (!keys) return false; keys.open = !keys.open; return true; },
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.metaKey) return;
  if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); save("save"); return; }
  if (event.ctrlKey) return;
  if (document.activeElement === text && moveInText(event)) return;
  const question = current();
  if (event.altKey) {
    if (event.key === "e") { event.preventDefault(); evidence(question); }
    return;
  }
  if (isTyping(event.target)) { inLine(event, question); return; }
  if (event.key === "Enter" && event.target.matches?.('input[type="radio"]')) { event.preventDefault(); lead(question, 1); return; }
  if (event.target.matches?.("button, a, summary") && (event.key === "Enter" || event.key === " ")) return;
  const asked = question ?? (document.activeElement === document.body || document.activeElement === document.getElementById("main") ? questions.find((each) => !isAnswered(each)) : null);
  const done = (event.key === "-" && unsaid(asked)) || choose(asked, event.key) || commands[event.key]?.(asked);
  if (done) event.preventDefault();
});

function inLine(event, question) {
  if (event.key === "Escape") { event.target.blur(); (question ?? form).setAttribute("tabindex", "-1"); (question ?? form).focus(); event.preventDefault(); }
  if (event.target.matches("textarea, select") || !question) return;
  if (event.key === "Enter" && !event.target.dataset.offered) { event.preventDefault(); lead(question, 1); }
}

// ------------------------------------------------------------------ suggestions, buttons, time
let asking = 0;
form.addEventListener("input", async (event) => {
  const list = event.target.list;
  const other = event.target.closest(".third")?.querySelector('[value="other"]');
  if (other) other.checked = true;
  if (!list || !event.target.value.trim()) return;
  const turn = ++asking;
  const words = event.target.value.split(";").pop().trim();
  const before = event.target.value.slice(0, event.target.value.length - event.target.value.split(";").pop().length);
  const answer = await fetch(`/rounds/suggest?field=${encodeURIComponent(event.target.name.replace("answer-", ""))}&words=${encodeURIComponent(words)}`);
  if (!answer.ok || turn !== asking) return;
  const found = await answer.json();
  list.replaceChildren(...found.map((each) => { const option = document.createElement("option"); option.value = before ? `${before} ${each}` : each; return option; }));
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const question = event.target.closest(".question");
  if (button?.matches("[data-evidence]")) evidence(question);
  if (button?.matches("[data-forget]")) forget(question);
  if (button?.matches("[data-unsaid]")) unsaid(question);
});
// A click on a button must not lose the selection in the text.
form.addEventListener("mousedown", (event) => { if (event.target.closest("[data-evidence]")) event.preventDefault(); });
form.addEventListener("submit", (event) => {
  if (event.submitter?.value === "save") {
    const open = questions.find((each) => !isAnswered(each) && !isMoot(each));
    if (open) { event.preventDefault(); say(`${open.querySelector("legend").firstChild.textContent.trim()} is not answered.`); focusOn(open); return; }
  }
  const seconds = form.querySelector('[name="seconds"]');
  if (seconds) seconds.value = String(Math.round(spent() / 100) / 10);
});

let seen = 0;
let since = document.hidden ? null : performance.now();
const spent = () => seen + (since === null ? 0 : performance.now() - since);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) { seen = spent(); since = null; } else if (since === null) since = performance.now();
});

text.querySelector("mark.unit")?.scrollIntoView({ block: "center" });
window.scrollTo(0, 0);
focusOn(form.querySelector(".question.fault") ?? questions.find((each) => !isAnswered(each)) ?? questions[0]);
