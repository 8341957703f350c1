// Find: facets that apply at once, the timeline's days, and the map. version: 1; source: purport; licence: Apache-2.0
import { drawMap } from "./map.js";
import { followTimeline } from "./timeline.js";

const form = document.getElementById("find-form");

/** Set or clear fields of the form, and ask again. */
function ask(changes) {
  for (const [name, value] of Object.entries(changes)) {
    const input = form.elements[name];
    input.value = value;
    input.disabled = value === "";
  }
  form.requestSubmit();
}

form.addEventListener("submit", () => {
  // Empty fields would only lengthen the address.
  for (const input of form.querySelectorAll("input:not([type=checkbox]), select")) {
    if (input.value === "" || (input.name === "sort" && input.value === "newest")) input.disabled = true;
  }
});
window.addEventListener("pageshow", (event) => {
  for (const input of form.querySelectorAll("input[disabled], select[disabled]")) if (input.name !== "box") input.disabled = false;
  // Who comes back sees the list of this address; what was ticked on leaving it must not stand beside it.
  if (!event.persisted && performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return;
  form.reset();
  const { box } = document.getElementById("map").dataset;
  form.elements.box.value = box;
  form.elements.box.disabled = box === "";
});
form.addEventListener("change", (event) => {
  if (event.target.matches("input[type=checkbox], select")) form.requestSubmit();
});
if (window.matchMedia("(max-width: 900px)").matches) form.querySelector(".facets").open = false;

drawMap(document.getElementById("map"), ask);
followTimeline(document.getElementById("timeline"), ask);
