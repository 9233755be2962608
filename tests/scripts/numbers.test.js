// Whole numbers while they are typed. The cases are shared with the form field and the reading of files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { isWhole, placeIn, shownAfter } from "../../static/js/rules/numbers.js";

const CASES = JSON.parse(await readFile(new URL("../whole_numbers.json", import.meta.url)));
const SIGNS = { id: ".", en: "," };

/** An input that the rules look after, as the page has it; text comes to where the cursor stands. */
function input(sign, value = "") {
  let isFigure = true;
  let cursor = value.length;
  function change(text, start, end) {
    const edit = isWhole(value, sign) && isFigure ? { value, start, end } : null;
    const typed = value.slice(0, start) + text + value.slice(end);
    const after = shownAfter(typed, sign, edit);
    cursor = placeIn(after, typed, start + text.length);
    ({ shown: value, isFigure } = after);
  }
  return {
    get value() { return value; },
    get cursor() { return cursor; },
    put: (text, start = cursor, end = start) => change(text, start, end),
    cut: (start, end) => change("", start, end),
  };
}

test("a figure is shown alike whether it is typed, pasted, or put in place of another", () => {
  for (const { language, typed, shown } of CASES) {
    const sign = SIGNS[language];
    const [byHand, pasted, replaced] = [input(sign), input(sign), input(sign, `9${sign}999`)];
    for (const letter of typed) byHand.put(letter);
    pasted.put(typed);
    replaced.put(typed, 0, 5);

    assert.deepEqual([byHand.value, pasted.value, replaced.value], [shown, shown, shown], `${typed} in ${language}`);
  }
});

test("no figure has other digits afterwards than were typed", () => {
  for (const { typed, shown } of CASES) assert.equal(shown.replace(/\D/g, ""), typed.replace(/\D/g, ""));
});

test("a grouped figure is grouped anew when digits come or go", () => {
  const figure = input(".", "1.250");

  figure.put("0");
  assert.equal(figure.value, "12.500");
  figure.put("99", 1);
  assert.equal(figure.value, "1.992.500");
  figure.cut(5, 9);
  assert.equal(figure.value, "1.992");
  figure.put("0");
  assert.equal(figure.value, "19.920");
  figure.cut(0, 3);
  assert.equal(figure.value, "920");
});

test("a sign put into a grouped figure gives the figure back as it was typed", () => {
  const figure = input(".");
  for (const letter of "1500000.500") figure.put(letter);

  assert.equal(figure.value, "1500000.500");
});

test("words stay as typed", () => {
  for (const typed of ["-", "1,5 juta", "3 orang", "Rp 1.250.000"]) {
    const figure = input(".");
    for (const letter of typed) figure.put(letter);
    assert.equal(figure.value, typed);
  }
});

test("the cursor stays behind what was typed last", () => {
  const figure = input(".", "25.000");

  figure.put("1", 1);
  assert.deepEqual([figure.value, figure.cursor], ["215.000", 2]);
  figure.cut(3, 4);
  assert.deepEqual([figure.value, figure.cursor], ["215.000", 3]);
  figure.put(",", 3);
  assert.deepEqual([figure.value, figure.cursor], ["215,000", 4]);
});
