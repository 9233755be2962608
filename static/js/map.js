// Maps: own boundaries, points in clusters, no foreign host unless the page names a tile address. Needs Leaflet.
import { nameShapes } from "./shape-names.js";

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
  const icon = L.divIcon({ className: "map-pin", iconSize: [22, 22], iconAnchor: [11, 26], popupAnchor: [0, -22] });
  const marker = L.marker(place, { icon, title: properties.name || "", keyboard: true });
  return named(marker.bindPopup(() => popup(properties)), properties.name || "");
}

async function fetched(address) {
  const headers = { Accept: "application/geo+json, application/json" };
  const answer = await fetch(address, { headers, redirect: "error" });  // a page to sign in is no map
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function drawBoundaries(map, address, isDrawing) {
  const group = L.geoJSON(await fetched(address), {
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
      if (properties?.url) layer.on("click", () => window.location.assign(properties.url));
    },
  });
  map.fire("boundaries", { layer: group.addTo(map).bringToBack() });
}

async function drawPoints(map, address, many) {
  const data = await fetched(address);
  const group = L.markerClusterGroup({
    showCoverageOnHover: false,
    maxClusterRadius: 48,
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
  return group.addTo(map);
}

// Outlines on one canvas, so that thousands of plots stay smooth on a telephone; colours from the style sheet.
async function drawShapes(map, address, askLabel) {
  map.createPane("shapes").style.zIndex = 450;  // above the boundaries, below the popups
  const group = L.geoJSON(await fetched(address), {
    pane: "shapes",
    renderer: L.canvas({ pane: "shapes", padding: 0.5 }),
    style: ({ properties: { state } }) => {
      if (!state) return { color: colour("--brand"), weight: 3, fill: false, interactive: false };
      return { color: colour("--ink-soft"), weight: 1, fillColor: colour(`--plot-${state}`), fillOpacity: 0.75 };
    },
  });
  nameShapes(map, group);
  return group.bindPopup((layer) => popup(layer.feature.properties, askLabel)).addTo(map);
}

function addTiles(map, say, nearest) {
  map.getContainer().classList.add("map-tiles");
  L.tileLayer(say.tiles, { maxZoom: nearest, maxNativeZoom: 17 }).addTo(map);
  if (!say.tilesCredit) return;
  const asText = popup({ name: say.tilesCredit }).firstChild.innerHTML;
  map.attributionControl.addAttribution(asText);
}

async function draw(map, say, single) {
  const lookAt = (group, options) => {
    const bounds = group.getBounds();
    if (bounds.isValid()) map.fitBounds(bounds, options);
  };
  await Promise.all([
    say.boundaries && drawBoundaries(map, say.boundaries, "drawing" in say),
    say.points && drawPoints(map, say.points, say.many).then((group) => {
      if (!single) lookAt(group, { padding: [24, 24], maxZoom: 11 });
    }),
    say.shapes && drawShapes(map, say.shapes, say.ask).then((group) => lookAt(group, { padding: [16, 16] })),
  ]);
}

/** Make a map of an element with data-map and return it; what it draws follows. */
export function start(canvas) {
  const say = canvas.dataset;
  canvas.querySelector(".map-fallback")?.remove();
  const nearest = "drawing" in say ? 20 : 17;
  const options = { zoomControl: false, scrollWheelZoom: false, minZoom: 6, maxZoom: nearest, zoomSnap: 0.5 };
  const map = L.map(canvas, options);
  L.control.zoom({ zoomInTitle: say.zoomIn, zoomOutTitle: say.zoomOut }).addTo(map);
  map.attributionControl.setPrefix("Leaflet").addAttribution("BIG, cahyadsn/wilayah_boundaries");
  map.once("focus click", () => map.scrollWheelZoom.enable());
  const single = say.lat && say.lon ? [Number(say.lat), Number(say.lon)] : null;
  if (single) map.setView(single, Number(say.zoom) || 10);
  else {
    const [south, west, north, east] = say.bounds.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]]);
  }
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

if (window.L) document.querySelectorAll("[data-map]").forEach(start);
