// Degrees of a point, as the form writes and reads them. The cases are shared with the form field and with files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { degreesIn, degreesOut, liesIn } from "../../static/js/rules/points.js";

const CASES = JSON.parse(await readFile(new URL("../degrees.json", import.meta.url)));

test("degrees are read on the map as the form reads them", () => {
  for (const { typed, read, drawn = read } of CASES) {
    const found = degreesIn(typed);
    assert.equal(found === null ? null : Number(found.toFixed(6)), drawn, typed);
  }
});

test("degrees are written with six decimals at most, in the page's language, and read back as they were", () => {
  assert.deepEqual([[-2.5812345678, "id"], [115.38, "en"], [-3, "id"]].map((one) => degreesOut(...one)),
    ["-2,581235", "115.38", "-3"]);
  assert.equal(degreesIn(degreesOut(-2.581235, "id")), -2.581235);
});

test("a point lies in a box, edges included", () => {
  const box = "-5,114,-1,117";

  assert.deepEqual([[-3, 115], [-5, 117], [3, 115], [115, -3]].map((point) => liesIn(box, ...point)),
    [true, true, false, false]);
});
