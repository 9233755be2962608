// Draws an outline on a map into the text beside it, which alone is kept. Map and library come when a fold is opened.
import { mapMaker } from "./map-library.js";
import { measured } from "./rules/areas.js";

const template = document.getElementById("outline-map");
const DECIMALS = 6;  // of degrees, as the server keeps them
const MOST_CORNERS_SHOWN = 300;  // to be dragged at a time, those nearest to the pointer
const maps = new WeakMap();

function shapeOf(layer) { return layer.toGeoJSON(DECIMALS).geometry; }

function layerOf(text, options) {
  try {
    const shape = JSON.parse(text);
    const layer = /^(Multi)?Polygon$/.test(shape.type) && L.geoJSON(shape, options).getLayers()[0];
    return layer && layer.getBounds().isValid() ? layer : null;
  } catch {
    return null;  // the server says what is wrong with it
  }
}

function inWords(shape, words) {
  const { hectares, corners } = measured(shape);
  const figures = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
  return words.replace("{hectares}", figures.format(hectares)).replace("{corners}", figures.format(corners));
}

function begin(fold, { start, colour }) {
  const place = fold.closest(".attachment-input");
  const text = place.querySelector("[data-outline]");
  const form = text.form;
  const box = fold.querySelector(".outline-map");
  const say = box.dataset;
  const map = start(box.querySelector("[data-map]"));
  const pen = map.pm.Draw.Polygon;
  const ink = { color: colour("--brand"), weight: 3, dashArray: null, fillOpacity: 0.2 };
  const pale = { color: colour("--ink-soft"), weight: 1.5, dashArray: "4", fillOpacity: 0.1 };
  let outline = null;
  const past = [];  // texts to go back to
  let isDragging = false;
  let isRemoving = false;

  function tool(name) { return box.querySelector(`[data-do=${name}]`); }

  function advise(what) { box.querySelector("[data-advice]").textContent = say[what]; }

  function mode() {
    if (pen.enabled()) return "drawing";
    if (!outline) return "empty";
    return isRemoving ? "removing" : "shaped";
  }

  function measure(shape) {
    box.querySelector("[data-told]").textContent = shape ? `${inWords(shape, say.measured)}.` : "";
  }

  function arrange() {
    const now = mode();
    const seen = {
      drawing: ["finish", "cancel"],
      empty: ["draw"],
      shaped: ["draw", "remove", "clear"],
      removing: ["draw", "remove", "clear"],
    };
    for (const name of ["draw", "finish", "cancel", "remove", "clear"]) tool(name).hidden = !seen[now].includes(name);
    tool("undo").disabled = now !== "drawing" && !past.length;
    tool("remove").setAttribute("aria-pressed", String(isRemoving));
    box.classList.toggle("outline-removing", isRemoving);
    measure(outline && now !== "drawing" ? shapeOf(outline) : null);
    advise(now === "shaped" && outline.pm.hasSelfIntersection() ? "crossing" : now);
  }

  function edit() {
    if (outline) {
      outline.setStyle(ink);
      outline.pm.enable({
        allowSelfIntersection: outline.pm.hasSelfIntersection(),  // one that was given so can be mended
        hideMiddleMarkers: isRemoving,
        limitMarkersToCount: MOST_CORNERS_SHOWN,
        preventMarkerRemoval: !isRemoving,
        removeLayerBelowMinVertexCount: false,
        removeVertexOn: "click",
      });
    }
    arrange();
  }

  function show() {
    if (outline) outline.remove();
    isRemoving = isRemoving && Boolean(text.value);
    outline = layerOf(text.value, { style: ink, snapIgnore: true });
    if (outline) listen(outline.addTo(map));
    edit();
  }

  // The words beside the outline say the same; the form saves itself.
  function tell() {
    const remove = place.querySelector("[name$=-clear]");
    const words = place.querySelector("[data-outline-words]");
    if (remove) {
      remove.checked = false;
      remove.closest("label").hidden = !outline;  // there is nothing to remove
    }
    if (words) words.textContent = outline ? inWords(shapeOf(outline), say.measured) : say.none;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function put(value) {
    text.value = value;
    show();
    tell();
  }

  function replace(value) {
    past.push(text.value);
    put(value);
  }

  function keep() {
    const value = JSON.stringify(shapeOf(outline));
    if (isDragging || value === text.value) return;
    past.push(text.value);
    text.value = value;
    tell();
    tool("undo").disabled = false;
  }

  function listen(layer) {
    layer.on("pm:change", () => {
      measure(shapeOf(layer));
      if (!isRemoving) advise(layer.pm.hasSelfIntersection() ? "crossing" : "shaped");
    });
    layer.on("pm:vertexremoved", () => advise(mode()));
    layer.on("pm:intersect", () => advise("crossing"));
    layer.on("pm:layerreset", () => {
      measure(shapeOf(layer));
      advise("crossing");
    });
    layer.on("pm:markerdragstart", () => { isDragging = true; });
    layer.on("pm:markerdragend", () => { isDragging = false; });
    layer.on("pm:edit", () => setTimeout(keep, 0));  // after the library took back what crosses
  }

  const does = {
    draw: () => {
      isRemoving = false;
      if (outline) {
        outline.pm.disable();
        outline.setStyle(pale);
      }
      map.pm.enableDraw("Polygon", {
        allowSelfIntersection: false,
        pathOptions: ink,
        templineStyle: ink,
        hintlineStyle: { color: ink.color, weight: 2, dashArray: "5" },
        tooltips: false,
      });
    },
    finish: () => pen._finishShape(),
    cancel: () => map.pm.disableDraw(),
    undo: () => {
      if (pen.enabled()) pen._removeLastVertex();
      else put(past.pop());
    },
    remove: () => {
      isRemoving = !isRemoving;
      edit();
    },
    clear: () => replace(""),
  };

  map.doubleClickZoom.disable();  // two corners set quickly are no wish to come nearer
  map.on("pm:drawstart", ({ workingLayer }) => {
    arrange();
    workingLayer.on("pm:vertexadded pm:vertexremoved", () => measure(shapeOf(L.polygon(workingLayer.getLatLngs()))));
    workingLayer.on("pm:change", () => advise(pen.isRed ? "crossing" : "drawing"));
  });
  map.on("pm:drawend", edit);
  map.on("pm:create", ({ layer }) => {
    layer.remove();
    replace(JSON.stringify(shapeOf(layer)));
  });
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    does[button.dataset.do]();
    if (button.hidden || button.disabled) map.getContainer().focus({ preventScroll: true });
  });
  text.addEventListener("change", show);
  map.on("unload", () => text.removeEventListener("change", show));

  const others = [...form.querySelectorAll("[data-outline]")]
    .filter((other) => other !== text)
    .map((other) => layerOf(other.value, { style: pale, interactive: false, pmIgnore: true, snapIgnore: false }))
    .filter(Boolean);
  for (const other of others) other.addTo(map);
  show();
  look(map, outline ? [outline] : others, form.elements);
  maps.set(fold, map);
}

// Begins at the outline, else at its neighbours, else at the place that the form names, else at its regency.
function look(map, layers, fields) {
  const bounds = layers.reduce((all, one) => all.extend(one.getBounds()), L.latLngBounds([]));
  const at = ["latitude", "longitude"].map((name) => parseFloat(fields[name]?.value.replace(",", ".")));
  if (bounds.isValid()) {
    map.fitBounds(bounds, { padding: [32, 32], maxZoom: 18 });
  } else if (!at.some(isNaN)) {
    map.setView(at, 15);
  } else if (fields.regency) {
    map.once("boundaries", ({ layer }) => {
      layer.eachLayer((one) => {
        if (one.feature.properties.code === fields.regency.value) map.fitBounds(one.getBounds());
      });
    });
  }
}

async function open(fold) {
  let maker;
  try {
    maker = await mapMaker(template.dataset.scripts);
  } catch {
    const sorry = document.createElement("p");
    sorry.textContent = template.dataset.failed;
    fold.append(sorry);
    return;
  }
  if (!fold.open || maps.has(fold)) return;
  fold.append(template.content.cloneNode(true));
  L.Marker.mergeOptions({ keyboard: false });  // corners are for the hand: without a name, no stop of the Tab key
  begin(fold, maker);
}

function close(fold) {
  maps.get(fold)?.remove();
  maps.delete(fold);
  for (const child of [...fold.children].slice(1)) child.remove();
}

document.addEventListener("toggle", (event) => {
  if (!event.target.matches("[data-outline-map]")) return;
  if (event.target.open) open(event.target);
  else close(event.target);
}, true);
