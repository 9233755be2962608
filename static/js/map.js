// Maps: own boundaries, points in clusters, no foreign host unless the page names a tile address. Needs Leaflet.
import { writeNames } from "./map-names.js";
import { plotLayer } from "./map-plots.js";
import { boxOf, ringsOf } from "./rules/places.js";

const WIDE = 0.5;  // of the province: a list that reaches over more of it is shown with all of it
const LINE = "#1f1d1a";  // on the colours of plots, which are alike in both themes
const HALO = "rgb(255 255 255 / 80%)";
const styles = window.getComputedStyle(document.documentElement);

/** A colour of the style sheet by its name. */
export function colour(name) { return styles.getPropertyValue(name).trim(); }

function popup(properties, askLabel = "") {
  const box = document.createElement("div");
  const title = document.createElement(properties.url?.startsWith("/") ? "a" : "strong");
  title.textContent = properties.name || "";
  if (title.tagName === "A") title.href = properties.url;
  box.appendChild(title);
  if (properties.note) {
    const note = document.createElement("p");
    note.textContent = properties.note;
    box.appendChild(note);
  }
  if (askLabel && properties.ask?.startsWith("/")) {
    const ask = document.createElement("a");
    ask.href = properties.ask;
    ask.rel = "nofollow";
    ask.textContent = askLabel;
    box.appendChild(ask);
  }
  return box;
}

function named(layer, name) {
  layer.on("add", () => {
    layer.getElement?.()?.setAttribute("aria-label", name);
  });
  return layer;
}

/** A marker with a name, that can be reached by keyboard. */
export function pin(place, properties) {
  const icon = L.divIcon({ className: "map-pin", iconSize: [24, 24], iconAnchor: [12, 28], popupAnchor: [0, -22] });
  const marker = L.marker(place, { icon, title: properties.name || "", keyboard: true });
  return named(marker.bindPopup(() => popup(properties)), properties.name || "");
}

async function fetched(address) {
  const headers = { Accept: "application/geo+json, application/json" };
  const answer = await fetch(address, { headers, redirect: "error" });  // a page to sign in is no map
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function drawBoundaries(map, collection, isDrawing) {
  const group = L.geoJSON(collection, {
    interactive: !isDrawing,
    snapIgnore: true,
    pmIgnore: true,
    style: { className: "map-boundary", weight: 1 },
    onEachFeature: ({ properties }, layer) => {
      if (properties?.name) {
        const words = document.createElement("span");
        words.textContent = properties.name;
        // opened by hand: a tooltip bound to a shape makes a stop of it for the keyboard, without a name
        const name = L.tooltip({ sticky: true }).setContent(words);
        layer.on("mouseover mousemove", ({ latlng }) => map.openTooltip(name.setLatLng(latlng)));
        layer.on("mouseout", () => map.closeTooltip(name));
      }
    },
  });
  map.fire("boundaries", { layer: group.addTo(map).bringToBack() });
}

async function drawPoints(map, address, many) {
  const data = await fetched(address);
  const group = L.markerClusterGroup({
    showCoverageOnHover: false,
    maxClusterRadius: 64,
    iconCreateFunction: (cluster) => {
      const count = cluster.getChildCount();
      const size = 36 + 8 * (count >= 10) + 8 * (count >= 100);
      return L.divIcon({ html: String(count), className: "map-cluster", iconSize: [size, size] });
    },
  });
  for (const { geometry, properties } of data.features ?? []) {
    if (geometry?.type !== "Point") continue;
    const [longitude, latitude] = geometry.coordinates;
    group.addLayer(pin([latitude, longitude], properties ?? {}));
  }
  map.on("layeradd", ({ layer }) => {
    if (layer.getChildCount) layer._icon?.setAttribute("aria-label", `${layer.getChildCount()} ${many}`);
  });
  group.on("animationend", () => map.fire("marked"));
  return group.addTo(map);
}

// Outline and plots, over the regencies; colours from the style sheet.
function drawShapes(map, { features }, regencies, askLabel) {
  const states = [...new Set(features.map(({ properties: { state } }) => state))].filter(Boolean);
  const inState = (state) => features.filter(({ properties }) => properties.state === state);
  const layer = plotLayer([
    { features: regencies, fill: colour("--map-land"), line: colour("--line-strong"), weight: 1 },
    ...states.map((state) => (
      { features: inState(state), fill: colour(`--plot-${state}`), line: LINE, weight: 0.75, hasNames: true }
    )),
    { features: inState(undefined), line: colour("--brand"), weight: 3 },
  ], { ink: LINE, halo: HALO });
  map.on("click", ({ latlng }) => {
    const plot = layer.under(latlng);
    if (plot) map.openPopup(L.popup().setLatLng(latlng).setContent(popup(plot, askLabel)));
  });
  map.on("mousemove", ({ latlng }) => map.getContainer().classList.toggle("map-over", Boolean(layer.under(latlng))));
  layer.addTo(map);
  const [west, south, east, north] = boxOf(features.flatMap(({ geometry }) => ringsOf(geometry)));
  return L.latLngBounds([south, west], [north, east]);
}

function addTiles(map, say, nearest) {
  map.getContainer().classList.add("map-tiles");
  L.tileLayer(say.tiles, { maxZoom: nearest, maxNativeZoom: 17 }).addTo(map);
  if (!say.tilesCredit) return;
  const asText = popup({ name: say.tilesCredit }).firstChild.innerHTML;
  map.attributionControl.addAttribution(asText);
}

async function draw(map, say, single) {
  const province = provinceOf(say);
  const lookAt = (bounds, options) => {
    if (bounds.isValid()) map.fitBounds(bounds, options);
  };
  const regencies = say.boundaries ? fetched(say.boundaries) : Promise.resolve({ features: [] });
  await Promise.all([
    !say.shapes && say.boundaries && regencies.then((found) => drawBoundaries(map, found, "drawing" in say)),
    say.boundaries && regencies.then(({ features }) => writeNames(map, features, say.districts, fetched)),
    say.points && drawPoints(map, say.points, say.many).then((group) => {
      const bounds = group.getBounds();
      const isWide = bounds.isValid() && heightOf(bounds) > WIDE * heightOf(province);
      if (!single) lookAt(isWide ? province : bounds, isWide ? {} : { padding: [24, 24], maxZoom: 11 });
      map.fire("marked");
    }),
    say.shapes && Promise.all([fetched(say.shapes), regencies]).then(([found, { features }]) => {
      lookAt(drawShapes(map, found, features, say.ask), { padding: [16, 16] });
    }),
  ]);
}

function heightOf(bounds) { return bounds.getNorth() - bounds.getSouth(); }

function provinceOf(say) {
  const [south, west, north, east] = say.bounds.split(",").map(Number);
  return L.latLngBounds([south, west], [north, east]);
}

/** Make a map of an element with data-map and return it; what it draws follows. */
export function start(canvas) {
  const say = canvas.dataset;
  canvas.querySelector(".map-fallback")?.remove();
  const nearest = "drawing" in say ? 20 : 17;
  const zoomSnap = say.shapes ? 1 : 0.5;  // between whole steps, seams would show in what is drawn on tiles
  const options = { zoomControl: false, scrollWheelZoom: false, minZoom: 6, maxZoom: nearest, zoomSnap };
  const map = L.map(canvas, options);
  L.control.zoom({ zoomInTitle: say.zoomIn, zoomOutTitle: say.zoomOut }).addTo(map);
  map.attributionControl.setPrefix("Leaflet").addAttribution("BIG, cahyadsn/wilayah_boundaries");
  map.once("focus click", () => map.scrollWheelZoom.enable());
  const single = say.lat && say.lon ? [Number(say.lat), Number(say.lon)] : null;
  if (single) map.setView(single, Number(say.zoom) || 10);
  else map.fitBounds(provinceOf(say));
  if (say.tiles) addTiles(map, say, nearest);
  if (single) pin(single, { name: canvas.getAttribute("aria-label") }).addTo(map);
  draw(map, say, single).catch(() => {
    const sorry = document.createElement("p");
    sorry.className = "map-fallback";
    sorry.textContent = say.failed;
    canvas.after(sorry);
  });
  return map;
}
