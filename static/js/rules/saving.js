// What became of a request that a page made by itself.

const REFUSED = [400, 412];  // something must not be kept; changed meanwhile: both say so in the page

/**
 * What the answer in `xhr` means: "kept" (said only by the page of the draft itself, with the new revision), "partly"
 * (kept but for what the answer names), "refused" (the answer says why), "signedOut", "expired" (the token of the form
 * is an old one), "closed" (not this, not now), "away" (nobody answered), or "failed" (with a fault).
 */
export function outcomeOf(xhr) {
  if (xhr.getResponseHeader("Portal-Revision")) return xhr.getResponseHeader("Portal-Partly") ? "partly" : "kept";
  if (REFUSED.includes(xhr.status)) return "refused";
  if (xhr.status === 401) return "signedOut";
  if (xhr.getResponseHeader("Portal-Form") === "expired") return "expired";
  if (xhr.status === 0) return "away";
  return xhr.status >= 400 && xhr.status < 500 ? "closed" : "failed";
}

/** The form that an event of htmx is about where it saves itself, else null: a select in it may fetch its options. */
export function savingForm(event) {
  const sent = event.detail?.elt;
  return sent?.matches("[data-autosave]") ? sent : null;
}
