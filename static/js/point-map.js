// The point of a record: from the place where this device is, or tapped on a map; its two numbers alone are kept.
import { mapMaker } from "./map-library.js";
import { degreesIn, degreesOut, liesIn } from "./rules/points.js";

const COARSE = 100;  // metres; a place known less well is better shown on the map
const CLOSE = 15;  // zoom at which a house can be told from its neighbour

const template = document.getElementById("point-map");
const say = template.dataset;
const { latitude, longitude, regency } = document.getElementById("draft").elements;
const tools = template.content.firstElementChild.cloneNode(true);
let map = null;
let marker = null;
let mark = null;  // what makes a marker

function told(text) { tools.querySelector("[data-told]").textContent = text; }

function point() {
  const found = [latitude, longitude].map((input) => degreesIn(input.value));
  return found.includes(null) ? null : found;
}

function show() {
  if (!map) return;
  marker?.remove();
  const place = point();
  marker = place && mark(place, { name: say.name }).addTo(map);
}

function put(place, words) {
  if (!liesIn(say.bounds, ...place)) {
    told(say.outside);
    return;
  }
  [latitude, longitude].forEach((input, at) => {
    input.value = degreesOut(place[at], document.documentElement.lang);
  });
  told(words);
  show();
  longitude.dispatchEvent(new Event("input", { bubbles: true }));
}

function askDevice() {
  told(say.asking);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const metres = Math.ceil(coords.accuracy);
      const exactness = metres.toLocaleString(document.documentElement.lang);
      const words = (metres > COARSE ? say.coarse : say.found).replace("{metres}", exactness);
      put([coords.latitude, coords.longitude], words);
      if (map && point()) map.setView(point(), CLOSE);
    },
    ({ code, PERMISSION_DENIED }) => told(code === PERMISSION_DENIED ? say.refused : say.lost),
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
  );
}

// begins at the point, else at the regency
function look() {
  if (point()) {
    map.setView(point(), CLOSE);
    return;
  }
  map.once("boundaries", ({ layer }) => layer.eachLayer((one) => {
    if (one.feature.properties.code === regency?.value) map.fitBounds(one.getBounds());
  }));
}

async function openMap(button) {
  const place = tools.querySelector("[data-place]");
  if (map) {
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
    map.invalidateSize();
    return;
  }
  try {
    const { start, pin } = await mapMaker(say.scripts);
    place.hidden = false;
    button.setAttribute("aria-expanded", "true");
    place.prepend(document.getElementById("point-canvas").content.cloneNode(true));
    map = start(place.querySelector("[data-map]"));
    mark = pin;
  } catch {
    told(say.failed);
    return;
  }
  map.on("click", ({ latlng: { lat, lng } }) => put([lat, lng], say.taken));
  show();
  look();
}

tools.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-do]");
  if (button?.dataset.do === "here") askDevice();
  else if (button?.dataset.do === "map") openMap(button);
  else if (button?.dataset.do === "centre") {
    const { lat, lng } = map.getCenter();
    put([lat, lng], say.taken);
  }
});
for (const input of [latitude, longitude]) input.addEventListener("change", show);
tools.querySelector("[data-do=here]").hidden = !("geolocation" in navigator);
longitude.closest(".field-box").after(tools);
