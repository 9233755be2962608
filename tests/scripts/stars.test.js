// Tokens of labels, read and checked in the browser as the portal reads and checks them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { checked, readToken, standing, tokenIn } from "../../static/js/rules/stars.js";

// signed by the portal's own code with the seed "u" × 32
const TOKEN = "MXx1aml8T1ZQLTYzMDctMDAwMDAxfDJ8cGVybWVucGVyaW5fMTRfMjAyMXwyMDI0LTExLTIwFNCZ6VbSUkStJV96ak"
  + "XNb69E08MhG9-g8-i_qGP41QBKMOJeRnYfUo-gJeTp7A-HdNkaYiVx__6VHEGz6RQ6DQ";
const KEYS = { keys: [{ kty: "OKP", crv: "Ed25519", kid: "uji", x: "LJuaQtV63_1Q5usdpUPek62X022XbSorlzXnFC8_uFk" }] };
const SAID = "OVP-6307-000001|2|permenperin_14_2021|2024-11-20";
const STATE = { as_of: "2026-11-29", labels: {}, earlier_schemes: ["lama_1_5"] };
const subtle = crypto.subtle;

const verdict = async (token, { keys = KEYS, state = STATE, by = subtle } = {}) =>
  (await checked(token, keys, state, by)).verdict;

test("a token that the portal signed is genuine, and what it claims is told", async () => {
  const { verdict: found, claim } = await checked(TOKEN, KEYS, STATE, subtle);

  assert.equal(found, "valid");
  assert.deepEqual(claim,
    { key: "uji", number: "OVP-6307-000001", stars: 2, scheme: "permenperin_14_2021", day: "2024-11-20" });
});

test("a genuine label is worth what the state of the day says of it", async () => {
  assert.equal(await verdict(TOKEN, { state: { ...STATE, labels: { [SAID]: "revoked" } } }), "revoked");
  assert.equal(await verdict(TOKEN, { state: { ...STATE, earlier_schemes: ["permenperin_14_2021"] } }), "old_scheme");
  assert.equal(standing({ number: "OVP-6307-000002", stars: 3, scheme: "x", day: "2024-01-01" }, STATE), "valid");
});

test("one letter more, less or other is never genuine", async () => {
  const bytes = Buffer.from(TOKEN, "base64url");
  for (const at of [5, 20, bytes.length - 3]) {
    const other = Buffer.from(bytes);
    other[at] ^= 1;
    assert.ok(["altered", "unknown", "incomplete"].includes(await verdict(other.toString("base64url"))), String(at));
  }
  for (const wrong of ["", "abc", "%00", "a".repeat(601), "MXw", TOKEN.slice(0, 60), `${TOKEN.slice(0, -9)}`]) {
    assert.notEqual(await verdict(wrong), "valid", wrong);
    assert.equal((await checked(wrong, KEYS, STATE, subtle)).claim, undefined);
  }
});

test("of a token that was cut, that is said", async () => {
  for (const cut of [TOKEN.slice(0, 60), TOKEN.slice(0, 81)]) assert.equal(await verdict(cut), "incomplete");
});

test("a key that is not the portal's signs nothing, and a browser without Ed25519 says so", async () => {
  const foreign = { keys: [{ ...KEYS.keys[0], x: Buffer.alloc(32, 7).toString("base64url") }] };
  const without = { importKey: () => Promise.reject(new DOMException("no", "NotSupportedError")) };

  assert.notEqual(await verdict(TOKEN, { keys: foreign }), "valid");
  assert.equal(await verdict(TOKEN, { keys: { keys: [] } }), "unknown");
  assert.equal(await verdict(TOKEN, { by: without }), "unsupported");
});

test("the token is found in an address, in a path, and alone", () => {
  for (const typed of [TOKEN, ` ${TOKEN} `, `/v/${TOKEN}/`, `/en/v/${TOKEN}/`, `https://portal.example/v/${TOKEN}/`]) {
    assert.equal(tokenIn(typed), TOKEN);
  }
  assert.equal(readToken(TOKEN).claim.stars, 2);
});
