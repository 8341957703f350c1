// The map: places with how precisely they are known, moved and narrowed by pointer or keys. version: 1; source: purport; licence: Apache-2.0
import "./vendor/topojson-client.min.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 340;
const CELL = 40; // pixels that one cell is wide at least
const FINE = 14; // pixels a degree from which finer borders are drawn
const CLOSEST = 1500;
const MOST_READ = 50;
const BUTTONS = 16; // pixels by which the middle lies lower, so that the buttons hide nothing at first
const LABEL = [26, 17]; // pixels that a number takes; closer ones would lie on one another
// How wide a place is drawn that is known so far: a village a dot, a district a ring, a province and a country wide and faint.
const PRECISIONS = {
  exact: { radius: 4, words: "the very place" },
  near: { radius: 7, words: "near a place" },
  district: { radius: 12, words: "a district" },
  province: { radius: 19, words: "a whole province" },
  region: { radius: 26, words: "a region" },
  country: { radius: 30, words: "a whole country" },
  unknown: { radius: 12, words: "not known how precisely" },
};

function make(name, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

/** A path in degrees, north up. A ring that crosses the date line is drawn on both sides of the map. */
function pathOf(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  return polygons.flatMap((rings) => rings.map(ringOf)).join("");
}

function ringOf(ring) {
  let shift = 0;
  let before = ring[0][0];
  const points = ring.map(([lon, lat]) => {
    if (lon - before > 180) shift -= 360;
    if (before - lon > 180) shift += 360;
    before = lon;
    return [lon + shift, lat];
  });
  const lons = points.map(([lon]) => lon);
  const shifts = [0, ...(Math.max(...lons) > 180 ? [-360] : []), ...(Math.min(...lons) < -180 ? [360] : [])];
  return shifts.map((by) => `M${points.map(([lon, lat]) => `${(lon + by).toFixed(2)},${(-lat).toFixed(2)}`).join("L")}Z`).join("");
}

async function landOf(size) {
  const answer = await fetch(`/static/vendor/countries-${size}.json`);
  const topology = await answer.json();
  return self.topojson.feature(topology, topology.objects.countries).features.map((each) => pathOf(each.geometry)).join("");
}

export async function drawMap(section, ask) {
  const frame = section.querySelector(".map-frame");
  const box = section.dataset.box ? section.dataset.box.split(",").map(Number) : null;
  const svg = make("svg", { class: "map", height: HEIGHT, tabindex: "0", role: "application", "aria-roledescription": "map" });
  const land = make("path", { class: "land" });
  const chosen = make("rect", { class: "area" });
  const dots = make("g", { class: "dots" });
  const drawn = make("rect", { class: "area drawing", visibility: "hidden" });
  svg.append(land, chosen, dots, drawn);
  const controls = controlsOf();
  const listed = document.createElement("details");
  listed.className = "map-list";
  listed.hidden = true;
  const summary = document.createElement("summary");
  const list = document.createElement("ul");
  listed.append(summary, list);
  const said = document.createElement("p");
  said.className = "quiet said";
  said.setAttribute("aria-live", "polite");
  frame.append(controls.bar, svg, legend(), said);
  section.querySelector(".map-table").before(listed);

  let width = frame.clientWidth;
  let view = box ? around(box) : { lon: 10, lat: 20, k: Math.max(width / 330, HEIGHT / 150) };
  let isFine = false;
  let asked = 0;
  let isChoosing = false;
  let isFitted = false;

  function around([west, south, east, north]) {
    const k = Math.min(width / Math.max(east - west, 0.02), HEIGHT / Math.max(north - south, 0.02)) * 0.8;
    return { lon: (west + east) / 2, lat: (south + north) / 2, k: Math.min(k, CLOSEST) };
  }
  const x = (lon) => width / 2 + (lon - view.lon) * view.k;
  const y = (lat) => HEIGHT / 2 - (lat - view.lat) * view.k;
  const lonAt = (px) => view.lon + (px - width / 2) / view.k;
  const latAt = (py) => view.lat - (py - HEIGHT / 2) / view.k;
  const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

  function place() {
    svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    land.setAttribute("transform", `translate(${x(0)} ${y(0)}) scale(${view.k})`);
    if (box) frameOf(chosen, box);
    for (const dot of dots.children) dot.setAttribute("transform", `translate(${x(Number(dot.dataset.lon))} ${y(Number(dot.dataset.lat))})`);
    if (view.k >= FINE && !isFine) {
      isFine = true;
      landOf("50m").then((path) => land.setAttribute("d", path));
    }
  }
  function frameOf(rect, [west, south, east, north]) {
    rect.setAttribute("x", x(west));
    rect.setAttribute("y", y(north));
    rect.setAttribute("width", Math.max(x(east) - x(west), 0));
    rect.setAttribute("height", Math.max(y(south) - y(north), 0));
  }

  let waiting = 0;
  function move(change) {
    view = { ...view, ...change };
    view.k = clamp(view.k, Math.max(width / 400, HEIGHT / 180), CLOSEST);
    view.lon = clamp(view.lon, -180, 180);
    view.lat = clamp(view.lat, -85, 85);
    place();
    clearTimeout(waiting);
    waiting = setTimeout(load, 120);
  }

  async function load() {
    const mine = ++asked;
    const zoom = clamp(Math.ceil(Math.log2((8 * view.k) / CELL)), 0, 12);
    const west = clamp(lonAt(-40), -180, 180);
    const east = clamp(lonAt(width + 40), -180, 180);
    const edges = [west, clamp(latAt(HEIGHT + 40), -90, 90), east, clamp(latAt(-40), -90, 90)].map((side) => side.toFixed(4));
    const answer = await fetch(`${section.dataset.cells}&zoom=${zoom}&view=${edges.join(",")}`).catch(() => null);
    if (mine !== asked) return;
    if (!answer?.ok) {
      said.textContent = "The workbench did not answer; the map shows what it showed before. Move it to try again.";
      return;
    }
    const told = await answer.json();
    const most = Math.max(...told.cells.map((cell) => cell.n), 1);
    if (!box && !isFitted) fit(told.cells);
    const groups = grouped(told.cells, most);
    // The wide and faint ones lie below, or they would hide what is known better.
    groups.sort((a, b) => b.radius - a.radius);
    dots.replaceChildren(...groups.map((group) => (group.cells.length > 1 ? ringOfGroup(group) : dotOf(group.cells[0], most))));
    place();
    readOut(told, groups, zoom);
    svg.dataset.painted = "yes";
    requestAnimationFrame(() => performance.mark("map drawn"));
  }
  /** The first time, as close as everything that was found allows. */
  function fit(cells) {
    isFitted = true;
    if (!cells.length) return;
    const lons = cells.map((cell) => cell.lon);
    const lats = cells.map((cell) => cell.lat);
    const edges = [Math.min(...lons) - 2, Math.min(...lats) - 2, Math.max(...lons) + 2, Math.max(...lats) + 2];
    const near = around(edges);
    const k = Math.min(near.k, 60);
    if (k > view.k * 1.2) move({ ...near, k, lat: near.lat + BUTTONS / k });
  }
  const radiusOf = (cell, most) => PRECISIONS[cell.precision].radius + (cell.n > 1 ? 5 + 8 * Math.sqrt(cell.n / most) : 0);
  const total = (cells) => cells.reduce((sum, cell) => sum + cell.n, 0);

  /** Cells whose numbers would lie on one another become one, with a ring that shows how well their places are known. */
  function grouped(cells, most) {
    const groups = [];
    for (const cell of [...cells].sort((a, b) => b.n - a.n)) {
      const home = groups.find((group) => meets(group, cell));
      if (home) {
        home.cells.push(cell);
        home.n += cell.n;
      } else groups.push({ lat: cell.lat, lon: cell.lon, n: cell.n, cells: [cell], radius: radiusOf(cell, most) });
    }
    for (const group of groups) if (group.cells.length > 1) group.radius = Math.min(11 + 5 * Math.sqrt(group.n / most), 17);
    return groups;
  }
  function meets(group, cell) {
    const [dx, dy] = [Math.abs(group.lon - cell.lon) * view.k, Math.abs(group.lat - cell.lat) * view.k];
    if (group.n < 2) return false; // single places show themselves, one over the other
    return cell.n > 1 ? dx < LABEL[0] && dy < LABEL[1] : Math.hypot(dx, dy) < 12 && PRECISIONS[cell.precision].radius < 12;
  }
  function dotAt({ lon, lat }, name) {
    return make("a", { class: `dot ${name}`, "data-lon": lon, "data-lat": lat, tabindex: "-1" });
  }
  const short = (number) => (number > 9999 ? `${Math.round(number / 1000)}k` : String(number));

  function dotOf(cell, most) {
    const dot = dotAt(cell, cell.precision);
    if (cell.id) dot.setAttribute("href", `/incident/${cell.id}`);
    dot.append(make("circle", { r: radiusOf(cell, most).toFixed(1) }));
    if (cell.precision === "near") dot.append(make("circle", { r: 2.5, class: "core" }));
    if (cell.n > 1) dot.append(make("text", { dy: "0.35em" }, short(cell.n)));
    dot.append(make("title", {}, wordsOf(cell)));
    if (cell.n > 1) dot.addEventListener("click", (event) => nearer(event, cell));
    return dot;
  }
  function ringOfGroup(group) {
    const dot = dotAt(group, "group");
    dot.append(make("circle", { r: group.radius.toFixed(1), class: "body" }), ...arcsOf(group.cells, group.radius));
    dot.append(make("text", { dy: "0.35em" }, short(group.n)), make("title", {}, wordsOfGroup(group)));
    dot.addEventListener("click", (event) => nearer(event, group));
    return dot;
  }
  /** Nearer; where the map comes no nearer, what is there becomes the list. */
  function nearer(event, { lon, lat }) {
    event.preventDefault();
    if (view.k < CLOSEST / 2) move({ lon, lat, k: view.k * 4 });
    else choose([lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02]);
  }
  function wordsOf(cell) {
    const known = PRECISIONS[cell.precision].words;
    return cell.title ? `${cell.title} (${known})` : `${cell.n.toLocaleString()} incidents around ${cell.name || "here"} (${known})`;
  }
  function wordsOfGroup(group) {
    const parts = Object.keys(PRECISIONS).map((name) => [total(group.cells.filter((cell) => cell.precision === name)), PRECISIONS[name].words]);
    const told = parts.filter(([number]) => number).map(([number, words]) => `${number.toLocaleString()} ${words}`);
    return `${group.n.toLocaleString()} incidents around ${group.cells[0].name || "here"} (${told.join(", ")})`;
  }
  function readOut(told, groups, zoom) {
    const placed = told.total - told.unplaced;
    said.textContent = `${placed.toLocaleString()} of ${told.total.toLocaleString()} found incidents have a place on the map${told.unplaced ? `; ${told.unplaced.toLocaleString()} ${told.unplaced === 1 ? "has" : "have"} none` : ""}.`;
    svg.setAttribute("aria-label", `Map of ${placed} incidents. Arrow keys move, plus and minus change how close it is, Enter narrows to what it shows.`);
    const side = 8 / 2 ** zoom;
    const shown = [...groups].sort((a, b) => b.n - a.n).slice(0, MOST_READ);
    list.replaceChildren(...shown.map((group) => itemOf(group, side)));
    listed.hidden = !shown.length;
    summary.textContent = `What the map shows, as a list${groups.length > MOST_READ ? ` (the ${MOST_READ} with most incidents of ${groups.length.toLocaleString()})` : ""}`;
  }
  /** One incident as a link; several as a button that narrows to their part of the map. */
  function itemOf(group, side) {
    const item = document.createElement("li");
    const [cell] = group.cells;
    const inside = document.createElement(group.n === 1 ? "a" : "button");
    inside.textContent = group.cells.length > 1 ? wordsOfGroup(group) : wordsOf(cell);
    if (group.n === 1) inside.href = `/incident/${cell.id}`;
    else {
      inside.type = "button";
      inside.addEventListener("click", () => choose(extentOf(group.cells, side)));
    }
    item.append(inside);
    return item;
  }
  function extentOf(cells, side) {
    const [lons, lats] = [cells.map((cell) => Math.floor(cell.lon / side)), cells.map((cell) => Math.floor(cell.lat / side))];
    return [Math.min(...lons) * side, Math.min(...lats) * side, (Math.max(...lons) + 1) * side, (Math.max(...lats) + 1) * side];
  }

  // ---------------------------------------------------------------- moving and choosing
  function controlsOf() {
    const bar = document.createElement("div");
    bar.className = "map-controls";
    const button = (words, title, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = words;
      made.title = title;
      if (words.length === 1) made.setAttribute("aria-label", title);
      made.addEventListener("click", act);
      bar.append(made);
      return made;
    };
    button("+", "Closer", () => move({ k: view.k * 2 }));
    button("−", "Farther", () => move({ k: view.k / 2 }));
    const area = button("Choose an area", "Choose an area by dragging over the map", () => {
      isChoosing = !isChoosing;
      area.setAttribute("aria-pressed", String(isChoosing));
      svg.classList.toggle("choosing", isChoosing);
    });
    area.setAttribute("aria-pressed", "false");
    button("Only what is shown", "Narrow to the part of the world that the map shows", () => choose([lonAt(0), latAt(HEIGHT), lonAt(width), latAt(0)]));
    if (box) button("Whole world", "Leave the area out", () => ask({ box: "" }));
    return { bar };
  }
  function choose([west, south, east, north]) {
    const edges = [clamp(west, -180, 180), clamp(south, -90, 90), clamp(east, -180, 180), clamp(north, -90, 90)];
    ask({ box: edges.map((side) => Number(side.toFixed(3))).join(",") });
  }
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    const at = svg.getBoundingClientRect();
    from = { px: event.clientX - at.left, py: event.clientY - at.top, lon: view.lon, lat: view.lat, draws: isChoosing || event.shiftKey, moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const at = svg.getBoundingClientRect();
    const px = event.clientX - at.left;
    const py = event.clientY - at.top;
    if (!from.moved && Math.hypot(px - from.px, py - from.py) < 4) return;
    if (!from.moved) svg.setPointerCapture(event.pointerId);
    from.moved = true;
    if (from.draws) {
      drawn.setAttribute("visibility", "visible");
      frameOf(drawn, boxBetween(from, { px, py }));
    } else move({ lon: from.lon - (px - from.px) / view.k, lat: from.lat + (py - from.py) / view.k });
  });
  svg.addEventListener("pointerup", (event) => {
    const at = svg.getBoundingClientRect();
    if (from?.moved && from.draws) choose(boxBetween(from, { px: event.clientX - at.left, py: event.clientY - at.top }));
    from = null;
  });
  function boxBetween(a, b) {
    return [lonAt(Math.min(a.px, b.px)), latAt(Math.max(a.py, b.py)), lonAt(Math.max(a.px, b.px)), latAt(Math.min(a.py, b.py))];
  }
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== svg) return; // the page scrolls unless the map was chosen
    event.preventDefault();
    move({ k: view.k * (event.deltaY < 0 ? 1.3 : 1 / 1.3) });
  }, { passive: false });
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === svg) {
      event.preventDefault();
      choose([lonAt(0), latAt(HEIGHT), lonAt(width), latAt(0)]);
      return;
    }
    const step = 60 / view.k;
    const change = {
      ArrowLeft: { lon: view.lon - step }, ArrowRight: { lon: view.lon + step }, ArrowUp: { lat: view.lat + step }, ArrowDown: { lat: view.lat - step },
      "+": { k: view.k * 2 }, "=": { k: view.k * 2 }, "-": { k: view.k / 2 },
    }[event.key];
    if (!change) return;
    move(change);
    event.preventDefault();
  });
  new ResizeObserver(() => {
    if (frame.clientWidth === width) return;
    width = frame.clientWidth;
    move({});
  }).observe(frame);

  place();
  load();
  land.setAttribute("d", await landOf("110m"));
}

/** A ring cut in arcs as long as the share of each precision, in the strokes of the legend; the best known begin at the top. */
function arcsOf(cells, radius) {
  const whole = cells.reduce((sum, cell) => sum + cell.n, 0);
  const found = [];
  let from = 0;
  for (const name of Object.keys(PRECISIONS)) {
    const part = cells.filter((cell) => cell.precision === name).reduce((sum, cell) => sum + cell.n, 0) / whole;
    if (part) found.push(make("path", { class: `arc ${name}`, d: arc(from, Math.min(from + part, from + 0.9999), radius) }));
    from += part;
  }
  return found;
}
function arc(from, until, radius) {
  const at = (share) => `${(radius * Math.sin(2 * Math.PI * share)).toFixed(2)} ${(-radius * Math.cos(2 * Math.PI * share)).toFixed(2)}`;
  return `M${at(from)}A${radius.toFixed(1)} ${radius.toFixed(1)} 0 ${until - from > 0.5 ? 1 : 0} 1 ${at(until)}`;
}

function legend() {
  const made = document.createElement("ul");
  made.className = "map-legend";
  const add = (words, ...parts) => {
    const item = document.createElement("li");
    const svg = make("svg", { viewBox: "-16 -16 32 32", width: 22, height: 22, "aria-hidden": "true" });
    svg.append(...parts);
    item.append(svg, words);
    made.append(item);
  };
  for (const name of ["exact", "near", "district", "province", "country"]) {
    const dot = make("g", { class: `dot ${name}` });
    dot.append(make("circle", { r: Math.min(PRECISIONS[name].radius, 14) }));
    if (name === "near") dot.append(make("circle", { r: 2.5, class: "core" }));
    add(PRECISIONS[name].words, dot);
  }
  const group = make("g", { class: "dot group" });
  const sample = ["exact", "near", "district", "province", "country"].map((precision) => ({ precision, n: 1 }));
  group.append(make("circle", { r: 11, class: "body" }), ...arcsOf(sample, 11), make("text", { dy: "0.35em" }, "5"));
  add("several: the ring shows how well their places are known, in these strokes", group);
  return made;
}
