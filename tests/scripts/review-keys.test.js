// What a key means at the review desk.
import assert from "node:assert/strict";
import { test } from "node:test";

import { deedOf, rowAfter } from "../../static/js/rules/review-keys.js";

const page = { closest: () => null };
const field = { closest: () => field };

test("six keys have a meaning, others none", () => {
  const meant = ["j", "k", "o", "v", "r", "n", "x", "Enter", "toString"].map((key) => deedOf({ key, target: page }));

  assert.deepEqual(meant, ["next", "previous", "open", "verify", "send back", "go on", null, null, null]);
});

test("a key means nothing while somebody types, with a modifier, or when it was taken already", () => {
  assert.equal(deedOf({ key: "v", target: field }), null);
  for (const taken of ["ctrlKey", "altKey", "metaKey", "defaultPrevented"]) {
    assert.equal(deedOf({ key: "v", target: page, [taken]: true }), null);
  }
});

test("the keys go to the first row and stop at both ends", () => {
  assert.equal(rowAfter(-1, 1, 3), 0);
  assert.equal(rowAfter(-1, -1, 3), 0);
  assert.equal(rowAfter(0, 1, 3), 1);
  assert.equal(rowAfter(2, 1, 3), 2);
  assert.equal(rowAfter(0, -1, 3), 0);
});
