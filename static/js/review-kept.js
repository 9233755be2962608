// What a verifier typed stays in this window when they leave without deciding: reasons and note, of this round alone.
const form = document.querySelector("form[data-kept]");
const key = `review.${form.dataset.kept}`;
const typed = () => [...form.querySelectorAll("textarea")];

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "{}");
  } catch {
    return {};  // storage may be forbidden
  }
}

function write(texts) {
  try {
    if (Object.keys(texts).length) sessionStorage.setItem(key, JSON.stringify(texts));
    else sessionStorage.removeItem(key);
  } catch {
    // it is lost with the page, as without a script
  }
}

const kept = read();
for (const area of typed().filter((one) => kept[one.name] && !one.value)) {
  area.value = kept[area.name];
  area.closest("details")?.setAttribute("open", "");
}
form.addEventListener("input", () => {
  write(Object.fromEntries(typed().filter((one) => one.value).map((one) => [one.name, one.value])));
});
form.addEventListener("submit", (event) => {
  if (["verify", "return", "reject"].includes(event.submitter?.value)) write({});
});
