// Words about the saving of a draft.

/** The time of day in the province, as the page's language writes it: "05.56 WITA", in English "05:56 WITA". */
export function clock(moment, language) {
  const parts = { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Makassar" };
  const time = new Intl.DateTimeFormat("en-GB", parts).format(moment);
  return `${language === "en" ? time : time.replace(":", ".")} WITA`;
}

/** The form that an event of htmx is about where it saves itself, else null: a select in it may fetch its options. */
export function savingForm(event) {
  const sent = event.detail?.elt;
  return sent?.matches("[data-autosave]") ? sent : null;
}
