// Remembers what is typed before the other scripts are there, on a slow line a whole field, and tells it to them then:
// so it is saved, grouped and asked for before leaving like all else. Stands in the head and is waited for.
{
  const typed = new Set();
  const note = ({ target }) => typed.add(target);

  document.addEventListener("input", note, true);
  // the others have begun by then; htmx does so at this very event
  document.addEventListener("DOMContentLoaded", () => setTimeout(() => {
    document.removeEventListener("input", note, true);
    for (const input of typed) input.dispatchEvent(new Event("input", { bubbles: true }));
  }));
}
