// Takes over what was read from an answer, such as the village that an address names, once somebody says so. Without
// scripts, or where a list does not offer it now, the same button saves the draft and comes back with it.

function offers(select, value) { return [...select.options].some((option) => option.value === value); }

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-take]");
  if (!button) return;
  const taken = Object.entries(JSON.parse(button.dataset.take));
  const fields = taken.map(([name, value]) => [button.form.elements[name], value]);
  if (!fields.every(([select, value]) => offers(select, value))) return;
  event.preventDefault();
  for (const [select, value] of fields) select.value = value;
  const [last] = fields.at(-1);
  last.focus();
  last.dispatchEvent(new Event("input", { bubbles: true }));
  button.closest(".field-reading").replaceChildren();
});
