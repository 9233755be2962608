// What the token of a label says, and what that is worth as far as the state of a day tells: as `ovop/rules` has it.
/* global atob */
const SIGNATURE = 64;  // bytes
const LONGEST = 600;  // characters
const CLAIM = /^1\|[A-Za-z0-9_.]{1,20}\|[A-Z]{2,8}-[0-9]{4}-[0-9]{6,12}\|[0-9]{1,2}\|[a-z0-9_]{1,40}\|[0-9-]{10}$/;

/** The token in an address of a label, or in what somebody typed. */
export const tokenIn = (address) => address.trim().match(/\/v\/([^/?#]+)/)?.[1] ?? address.trim();

/** `{claim, signed, signature}` of a token, or `{fault}`: "unknown" for what is none, "incomplete", or "altered". */
export function readToken(token) {
  if (token.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(token)) return { fault: "unknown" };
  const isCut = token.length % 4 === 1;  // no whole token has this length: one letter says less than a byte
  const content = bytesOf(isCut ? token.slice(0, -1) : token);
  if (content[0] !== 49 || content[1] !== 124) return { fault: "unknown" };  // "1|"
  if (isCut || content.length <= SIGNATURE) return { fault: "incomplete" };
  const signed = content.slice(0, -SIGNATURE), text = String.fromCharCode(...signed);
  if (!CLAIM.test(text)) return { fault: /^[\x20-\x7e]*$/.test(text) ? "altered" : "incomplete" };
  const [, key, number, stars, scheme, day] = text.split("|");
  return { claim: { key, number, stars: Number(stars), scheme, day }, signed, signature: content.slice(-SIGNATURE) };
}

/** `{verdict, claim}` of a token by a set of public keys (JWKS) and the state of a day; `subtle` is the browser's. */
export async function checked(token, keys, state, subtle) {
  const read = readToken(token);
  if (read.fault) return { verdict: read.fault };
  const key = keys.keys.find((one) => one.kid === read.claim.key);
  if (!key) return { verdict: "unknown" };
  let isGenuine;
  try {
    const known = await subtle.importKey("raw", bytesOf(key.x), { name: "Ed25519" }, false, ["verify"]);
    isGenuine = await subtle.verify({ name: "Ed25519" }, known, read.signature, read.signed);
  } catch {
    return { verdict: "unsupported" };
  }
  return isGenuine ? { verdict: standing(read.claim, state), claim: read.claim } : { verdict: "altered" };
}

/** How the star of a genuine claim stood on the day of the state. */
export function standing({ number, stars, scheme, day }, state) {
  const told = state.labels[[number, stars, scheme, day].join("|")];
  return told ?? (state.earlier_schemes.includes(scheme) ? "old_scheme" : "valid");
}

function bytesOf(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
