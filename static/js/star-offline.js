// The page that checks a star without a connection: in place of `/v/<token>/`, or with an address that was typed.
import { checked, tokenIn } from "./rules/stars.js";

const page = document.querySelector("[data-star-check]");
const typed = page.querySelector("input");
const shown = (name) => page.querySelector(`[data-verdict="${name}"]`);

const read = async (address) => (await fetch(address)).json();

async function check(address) {
  for (const one of page.querySelectorAll("[data-verdict]")) one.hidden = true;
  page.querySelector("[data-claim]").hidden = true;
  let keys, state;
  try {
    [keys, state] = await Promise.all([page.dataset.keys, page.dataset.state].map(read));
  } catch {
    shown("unsupported").hidden = false;
    return;
  }
  const { verdict, claim } = await checked(tokenIn(address), keys, state, crypto.subtle);
  shown(verdict).hidden = false;
  for (const day of page.querySelectorAll("[data-as-of]")) day.textContent = dayInWords(state.as_of);
  if (!claim) return;
  page.querySelector("[data-claim]").hidden = false;
  const words = { number: claim.number, stars: claim.stars, scheme: claim.scheme, day: dayInWords(claim.day) };
  for (const [name, text] of Object.entries(words)) page.querySelector(`[data-claim-${name}]`).textContent = text;
}

const dayInWords = (day) => new Date(`${day}T00:00:00Z`).toLocaleDateString(document.documentElement.lang, {
  day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});

page.hidden = false;
page.querySelector("button").addEventListener("click", () => check(typed.value));
typed.addEventListener("keydown", (event) => event.key === "Enter" && check(typed.value));
if (location.pathname !== page.dataset.page) check(location.pathname);
