// Whole numbers while they are typed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { grouped, placeBehind } from "../../static/js/rules/numbers.js";

test("whole figures are grouped by thousands in the language of the page", () => {
  for (const [typed, indonesian, english] of [
    ["7", "7", "7"],
    ["1250", "1.250", "1,250"],
    ["25000000", "25.000.000", "25,000,000"],
    [" 12 500 ", "12.500", "12,500"],
  ]) {
    assert.equal(grouped(typed, "."), indonesian);
    assert.equal(grouped(typed, ","), english);
  }
});

test("what is grouped already is grouped anew after a digit more", () => {
  assert.equal(grouped("1.2500", "."), "12.500");
});

test("what is no whole number stays as typed", () => {
  for (const typed of ["", "-", "1,5 juta", "3 orang", "-5", "1e3"]) assert.equal(grouped(typed, "."), null);
});

test("the cursor stays behind the digit that was typed last", () => {
  assert.equal(placeBehind("1.250", 0), 0);
  assert.equal(placeBehind("1.250", 2), 3);
  assert.equal(placeBehind("1.250", 9), 5);
});
