// Which fields of a draft matter for the answers given.
import assert from "node:assert/strict";
import { test } from "node:test";

import { matters } from "../../static/js/rules/asking.js";

test("a field matters if one of the others is answered", () => {
  assert.deepEqual([[], [""], ["", "0812"], ["on"], ["0"], ["0,0"], ["0,5"]].map((values) => matters(values, [])),
    [false, false, true, true, false, false, true]);
});

test("or answered in one of the ways that are named", () => {
  assert.deepEqual([[], ["makanan"], ["kimiawi"]].map((values) => matters(values, ["kimiawi", "gunaan"])),
    [false, false, true]);
});
