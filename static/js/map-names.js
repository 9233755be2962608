// Names of regencies, and nearer also of districts, as text on the map; what would cover another waits. Needs Leaflet.
import { boxOf, holds, meet, placed, ringsOf } from "./rules/places.js";

const DISTRICTS_FROM = 9.5;  // zoom
const LETTERS = { regency: [7, 15], district: [6.5, 14] };  // width of a letter and height of a line, in pixels
const TOP = 24;  // pixels below the upper edge, for the name of the ground one stands on
// How many pixels a name may stand beside its place to find room, the nearest first.
const ASIDE = [-40, -28, -16, 0, 16, 28, 40]
  .flatMap((down) => [-48, -24, 0, 24, 48].map((across) => [across, down]))
  .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));

function label(name, kind, [latitude, longitude]) {
  const words = document.createElement("span");
  words.textContent = name;
  const icon = L.divIcon({ className: `map-name map-name-${kind}`, html: words, iconSize: null });
  const [wide, high] = LETTERS[kind];
  return {
    marker: L.marker([latitude, longitude], { icon, interactive: false, keyboard: false, pane: "names" }),
    words,
    home: L.latLng(latitude, longitude),
    size: [(name.length * wide) / 2, high / 2],
  };
}

// The boxes that a name may fill, the best first.
function boxesAt(map, { marker, size: [wide, high] }) {
  const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
  return ASIDE.map(([across, down]) => [x + across - wide, y + down - high, x + across + wide, y + down + high]);
}

// What pins and their clusters cover.
function pinned(map) {
  return [...map.getPane("markerPane").children].map((icon) => {
    const { x, y } = L.DomUtil.getPosition(icon);
    const [left, top] = [x + parseFloat(icon.style.marginLeft), y + parseFloat(icon.style.marginTop)];
    return [left, top, left + icon.offsetWidth, top + icon.offsetHeight];
  });
}

/** Write names on a map: of the regencies (GeoJSON features), and of the districts behind an address, once wanted. */
export function writeNames(map, regencies, districtsAt, fetched) {
  map.createPane("names").style.zIndex = 460;
  map.getPane("names").style.pointerEvents = "none";
  const grounds = regencies.map(({ geometry, properties: { short, at } }) => {
    const rings = ringsOf(geometry);
    return { ...label(short, "regency", at), rings, box: boxOf(rings) };
  });
  grounds.sort((one, other) => (other.box[3] - other.box[1]) - (one.box[3] - one.box[1]));
  let districts = null;

  // A regency that fills the view keeps its name in it.
  function stand(one, view) {
    const { lng, lat } = map.getCenter();
    const isHere = !view.contains(one.home) && meet(one.box, [lng, lat, lng, lat]) && holds(one.rings, [lng, lat]);
    const place = isHere ? map.containerPointToLatLng([map.getSize().x / 2, TOP]) : one.home;
    if (!one.marker.getLatLng().equals(place)) one.marker.setLatLng(place);
  }

  function arrange() {
    const view = map.getBounds();
    for (const one of grounds) stand(one, view);
    const isNear = map.getZoom() >= DISTRICTS_FROM;
    const every = [...grounds, ...(isNear ? districts ?? [] : [])];
    const near = every.filter(({ marker }) => view.contains(marker.getLatLng()));
    const room = placed(near.map((one) => boxesAt(map, one)), pinned(map));
    const aside = new Map(near.map((one, at) => [one, room[at]]));
    for (const one of [...grounds, ...(districts ?? [])]) {
      const at = aside.get(one) ?? -1;
      if (at < 0) one.marker.remove();
      else {
        one.marker.addTo(map);
        one.words.style.transform = `translate(${ASIDE[at].map((pixels) => `${pixels}px`)})`;
      }
    }
    if (isNear && !districts) load();
  }

  async function load() {
    districts = [];
    const found = await fetched(districtsAt).catch(() => []);  // the map is good without them
    districts = found.map(([name, latitude, longitude]) => label(name, "district", [latitude, longitude]));
    arrange();
  }

  map.on("moveend marked", () => requestAnimationFrame(arrange));  // after the clusters, which hear of it later
  if (map._loaded) arrange();
}
