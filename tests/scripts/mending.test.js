// What of a list of things to be mended is mended.
import assert from "node:assert/strict";
import { test } from "node:test";

import { standing } from "../../static/js/rules/mending.js";

test("what does not hold any more is mended and keeps its words", () => {
  assert.deepEqual(standing(["Isi nama."], []), [{ text: "Isi nama.", isMended: true }]);
  assert.deepEqual(
    standing(["Satu.", "Dua."], ["Dua."]),
    [{ text: "Satu.", isMended: true }, { text: "Dua.", isMended: false }],
  );
});

test("a place that is wrong in another way says so", () => {
  assert.deepEqual(standing(["Isi nama."], ["Terlalu panjang."]), [{ text: "Terlalu panjang.", isMended: false }]);
});
