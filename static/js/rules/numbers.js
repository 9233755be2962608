// Whole numbers as they are typed: what may be grouped by thousands, and where the cursor then stands.

/** The figures of `text` grouped by thousands with `sign`, or null where it is no whole number and stays as typed. */
export function grouped(text, sign) {
  const bare = text.split(sign).join("").replace(/\s/g, "");
  return /^\d+$/.test(bare) ? bare.replace(/\B(?=(\d{3})+(?!\d))/g, sign) : null;
}

/** The place in `text` behind its first `count` digits. */
export function placeBehind(text, count) {
  let place = 0;
  for (let seen = 0; seen < count && place < text.length; place += 1) {
    if (/\d/.test(text[place])) seen += 1;
  }
  return place;
}
