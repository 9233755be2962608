// Plots on square tiles of canvas, drawn in small steps: a drag moves what is drawn already. Needs Leaflet.
import { boxOf, holds, meet, ringsOf } from "./rules/places.js";

const EDGE = 4;  // pixels around a tile: what a line reaches over from beside it
const DENSITY = Math.min(window.devicePixelRatio || 1, 2);
const LETTERS = 11;  // pixels
const SMALL = 6;  // pixels: a plot that is no wider is drawn as its box
const NEAR = 1.5;  // pixels: corners that nobody would tell apart
const AT_ONCE = 100;  // shapes
const TURN = 8;  // milliseconds of drawing after which fingers are heard

// From degrees to the square of Web Mercator, whose side is 1.
function projected([longitude, latitude]) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function drawable({ geometry, properties }) {
  const rings = ringsOf(geometry).map((ring) => ring.map(projected));
  return { rings, box: boxOf(rings), properties };
}

const waiting = [];  // tiles that are being drawn, each a generator of small steps

function work() {
  const end = performance.now() + TURN;
  while (waiting.length && performance.now() < end) {
    if (waiting[0].next().done) waiting.shift();
  }
  if (waiting.length) setTimeout(work);
}

function begin(steps) {
  waiting.push(steps);
  if (waiting.length === 1) setTimeout(work);
}

function traceRing(brush, ring, { scale, left, top }) {
  let [lastX, lastY] = [Infinity, Infinity];
  for (const [x, y] of ring) {
    const [across, down] = [x * scale - left, y * scale - top];
    if (lastX === Infinity) brush.moveTo(across, down);
    else if (Math.abs(across - lastX) + Math.abs(down - lastY) < NEAR) continue;
    else brush.lineTo(across, down);
    [lastX, lastY] = [across, down];
  }
  brush.closePath();
}

function trace(brush, shapes, at) {
  brush.beginPath();
  for (const { rings, box } of shapes) {
    const [wide, high] = [(box[2] - box[0]) * at.scale, (box[3] - box[1]) * at.scale];
    if (wide < SMALL && high < SMALL) brush.rect(box[0] * at.scale - at.left, box[1] * at.scale - at.top, wide, high);
    else for (const ring of rings) traceRing(brush, ring, at);
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

  function* draw(tile, { x, y, z }, size) {
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
      for (let from = 0; from < here.length; from += AT_ONCE) {
        if (!tile.isConnected) return;
        const some = here.slice(from, from + AT_ONCE);
        trace(brush, some, at);
        brush.lineWidth = style.weight;
        brush.strokeStyle = style.line;
        if (style.fill) {
          brush.fillStyle = style.fill;
          brush.fill("evenodd");
        }
        brush.stroke();
        if (style.hasNames) {
          brush.lineWidth = 3;
          brush.strokeStyle = halo;
          brush.fillStyle = ink;
          name(brush, some, at);
        }
        yield;
      }
    }
  }

  const Tiles = L.GridLayer.extend({
    createTile(place, done) {
      const tile = document.createElement("canvas");
      const size = this.getTileSize().x;
      tile.width = tile.height = size * DENSITY;
      begin((function* steps() {
        yield* draw(tile, place, size);
        done(null, tile);
      })());
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
