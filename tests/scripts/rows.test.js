// Rows that are put in and taken away on the page.
import assert from "node:assert/strict";
import { test } from "node:test";

import { keyOf, numbered } from "../../static/js/rules/rows.js";

test("a new row has its number in every name, and people count from one", () => {
  const html = '<legend>Produk __number__</legend><input name="products-__at__-name" id="id_products-__at__-name">';

  assert.equal(numbered(html, 2), '<legend>Produk 3</legend><input name="products-2-name" id="id_products-2-name">');
});

test("a row that comes back keeps its key only where the record knows it", () => {
  assert.equal(keyOf({ recorded: "" }, "abc"), "abc");
  assert.equal(keyOf({}, "abc"), "");
});
