// Words about the saving of a draft.
import assert from "node:assert/strict";
import { test } from "node:test";

import { clock, savingForm } from "../../static/js/rules/saving.js";

test("the time of saving is the province's, written as the page's language writes it", () => {
  const moment = new Date("2026-11-27T21:56:00Z");

  assert.equal(clock(moment, "id"), "05.56 WITA");
  assert.equal(clock(moment, "en"), "05:56 WITA");
});

test("only the form that saves itself tells of saving", () => {
  const form = { matches: (selector) => selector === "[data-autosave]" };
  const select = { matches: () => false };

  assert.equal(savingForm({ detail: { elt: form } }), form);
  assert.equal(savingForm({ detail: { elt: select } }), null);
  assert.equal(savingForm({}), null);
});
