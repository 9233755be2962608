// Suggests what may be meant while somebody types in the search: a combobox with a list (WAI-ARIA 1.2). Without it the
// form is sent as it is.
const PAUSE = 180;  // milliseconds of rest before it is asked
const SHORTEST = 3;

function enhance(form) {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  let asked = 0;
  let timer = 0;
  let chosen = -1;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.getAttribute("aria-label"));
  list.hidden = true;
  form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";

  function close() {
    asked += 1;  // what is still under way comes too late
    list.hidden = true;
    list.replaceChildren();
    choose(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function choose(at) {
    chosen = at;
    [...list.children].forEach((shown, index) => shown.setAttribute("aria-selected", String(index === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function option({ title, kind, where, url }, at) {
    const made = document.createElement("li");
    made.id = `${list.id}-${at}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.dataset.url = url;
    for (const [name, text] of [["title", title], ["about", [kind, where].filter(Boolean).join(" · ")]]) {
      const part = document.createElement("span");
      part.className = `suggestion-${name}`;
      part.textContent = text;
      made.append(part);
    }
    return made;
  }

  async function suggest() {
    const text = input.value.trim();
    if (text.length < SHORTEST) {
      close();
      return;
    }
    const turn = asked += 1;
    try {
      const answer = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: text })}`);
      const { suggestions } = await answer.json();
      if (turn !== asked) return;
      list.replaceChildren(...suggestions.map(option));
      choose(-1);
      list.hidden = suggestions.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
    } catch {
      if (turn === asked) close();  // the form still searches
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen === -1 ? last : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));  // after a click in the list
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();  // the box keeps the focus
    const made = event.target.closest("[role=option]");
    if (made) location.assign(made.dataset.url);
  });
}

for (const form of document.querySelectorAll("form[data-suggestions]")) enhance(form);
