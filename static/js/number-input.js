// Groups whole figures by thousands while they are typed, in the page's language; the server reads both ways.
import { grouped, placeBehind } from "./rules/numbers.js";

const sign = document.documentElement.lang === "en" ? "," : ".";

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.matches?.("input[data-grouped]") || event.isComposing) return;
  const shown = grouped(input.value, sign);
  if (shown === null || shown === input.value) return;  // the server says what is wrong
  const digitsBefore = input.value.slice(0, input.selectionStart).replace(/\D/g, "").length;
  input.value = shown;
  const place = placeBehind(shown, digitsBefore);
  input.setSelectionRange(place, place);
});
