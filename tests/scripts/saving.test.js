// What became of a request that a page made by itself.
import assert from "node:assert/strict";
import { test } from "node:test";

import { outcomeOf, savingForm } from "../../static/js/rules/saving.js";

function answer(status, headers = {}) {
  return { status, getResponseHeader: (name) => headers[name] ?? null };
}

test("only the page of the draft says that it was kept", () => {
  assert.equal(outcomeOf(answer(200, { "Portal-Revision": "7" })), "kept");
  assert.equal(outcomeOf(answer(200, { "Portal-Revision": "7", "Portal-Partly": "yes" })), "partly");
  assert.equal(outcomeOf(answer(200)), "failed");  // such as a page to sign in, after a redirect
});

test("every other answer has its own meaning", () => {
  const meant = [400, 412, 401, 403, 404, 409, 500, 0].map((status) => outcomeOf(answer(status)));

  assert.deepEqual(
    meant,
    ["refused", "refused", "signedOut", "closed", "closed", "closed", "failed", "away"],
  );
  assert.equal(outcomeOf(answer(403, { "Portal-Form": "expired" })), "expired");
});

test("only the form that saves itself tells of saving", () => {
  const form = { matches: (selector) => selector === "[data-autosave]" };
  const select = { matches: () => false };

  assert.equal(savingForm({ detail: { elt: form } }), form);
  assert.equal(savingForm({ detail: { elt: select } }), null);
  assert.equal(savingForm({}), null);
});
