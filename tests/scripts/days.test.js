// Days as people write them: the page reads them as the office does.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { dayIn } from "../../static/js/rules/days.js";

const CASES = JSON.parse(await readFile(new URL("../days.json", import.meta.url)));

test("a day is read as it is by the office, or not at all", () => {
  assert.deepEqual(CASES.map(([typed]) => [typed, dayIn(typed)]), CASES);
});
