// Plots on square tiles of canvas: a drag moves tiles that are drawn already, and none takes long. Needs Leaflet.
import { boxOf, holds, meet, ringsOf } from "./rules/places.js";

const EDGE = 4;  // pixels around a tile: what a line reaches over from beside it
const DENSITY = Math.min(window.devicePixelRatio || 1, 2);
const LETTERS = 11;  // pixels

// From degrees to the square of Web Mercator, whose side is 1.
function projected([longitude, latitude]) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function drawable({ geometry, properties }) {
  const rings = ringsOf(geometry).map((ring) => ring.map(projected));
  return { rings, box: boxOf(rings), properties };
}

function trace(brush, shapes, { scale, left, top }) {
  brush.beginPath();
  for (const { rings } of shapes) {
    for (const ring of rings) {
      ring.forEach(([x, y], at) => brush[at ? "lineTo" : "moveTo"](x * scale - left, y * scale - top));
      brush.closePath();
    }
  }
}

function name(brush, shapes, { scale, left, top }) {
  for (const { box, properties } of shapes) {
    const room = (box[2] - box[0]) * scale;
    if (room < 2 * LETTERS || (box[3] - box[1]) * scale < 2 * LETTERS) continue;
    if (brush.measureText(properties.name).width > room - EDGE) continue;
    const middle = [((box[0] + box[2]) / 2) * scale - left, ((box[1] + box[3]) / 2) * scale - top];
    brush.strokeText(properties.name, ...middle);
    brush.fillText(properties.name, ...middle);
  }
}

/** A layer of groups of features in their order: { features, fill, line, weight, hasNames }; names in ink on a halo. */
export function plotLayer(groups, { ink, halo, ...options }) {
  const drawn = groups.map(({ features, ...style }) => ({ style, shapes: features.map(drawable) }));
  const named = drawn.filter(({ style }) => style.hasNames).flatMap(({ shapes }) => shapes);

  function draw(tile, { x, y, z }, size) {
    const brush = tile.getContext("2d");
    const scale = 256 * 2 ** z;
    const at = { scale, left: x * size, top: y * size };
    const seen = [at.left - EDGE, at.top - EDGE, at.left + size + EDGE, at.top + size + EDGE].map((one) => one / scale);
    brush.scale(DENSITY, DENSITY);
    brush.font = `600 ${LETTERS}px system-ui, sans-serif`;
    brush.textAlign = "center";
    brush.textBaseline = "middle";
    brush.lineJoin = "round";
    for (const { style, shapes } of drawn) {
      const here = shapes.filter(({ box }) => meet(box, seen));
      if (!here.length) continue;
      trace(brush, here, at);
      brush.lineWidth = style.weight;
      brush.strokeStyle = style.line;
      if (style.fill) {
        brush.fillStyle = style.fill;
        brush.fill("evenodd");
      }
      brush.stroke();
      if (!style.hasNames) continue;
      brush.lineWidth = 3;
      brush.strokeStyle = halo;
      brush.fillStyle = ink;
      name(brush, here, at);
    }
  }

  const Tiles = L.GridLayer.extend({
    createTile(place, done) {
      const tile = document.createElement("canvas");
      const size = this.getTileSize().x;
      tile.width = tile.height = size * DENSITY;
      setTimeout(() => {  // each tile a task of its own, so that fingers are heard between them
        if (tile.isConnected) draw(tile, place, size);
        done(null, tile);
      });
      return tile;
    },
    /** What of the named ones lies at a place; undefined where none does. */
    under({ lat, lng }) {
      const point = projected([lng, lat]);
      return named.find(({ box, rings }) => meet(box, [...point, ...point]) && holds(rings, point))?.properties;
    },
  });
  return new Tiles({ keepBuffer: 1, updateWhenZooming: false, ...options });
}
