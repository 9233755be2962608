// Degrees of a point, as the form writes and reads them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { degreesIn, degreesOut, liesIn } from "../../static/js/rules/points.js";

test("degrees are read with comma and dot, as the office reads them", () => {
  const typed = ["-2,58", " 115.38 ", "+3", ".5", "2°", "−2.58°", "– 2,58", "", "2°35'", "1,2,3", "NaN"];

  assert.deepEqual(typed.map(degreesIn), [-2.58, 115.38, 3, 0.5, 2, -2.58, -2.58, null, null, null, null]);
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
