// Rows of a part, such as products, put in and taken away without a reload; each save tells the office, as of all else.
// A row that was taken away can be put back as long as the page stands. Buttons are those that work without scripts.
import { keyOf, numbered } from "./rules/rows.js";

const form = document.getElementById("draft");

function tell(element) {
  form.dispatchEvent(new CustomEvent("portal:rows"));
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

function firstInput(row) {
  return row.querySelector("input:not([type=hidden]), select, textarea");
}

function isUntouched(row) {
  return !row.hidden && !row.querySelector("[name$='-key']").value
    && ![...row.querySelectorAll("input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea")]
      .some((input) => input.value);
}

function add(button) {
  const part = button.value;
  const list = document.getElementById(`rows-${part}`);
  const waiting = [...list.querySelectorAll(".part-row")].find(isUntouched);
  if (waiting) {
    firstInput(waiting).focus();  // fill that one in first
    return;
  }
  const total = form.elements[`${part}-TOTAL`];
  const at = Number(total.value);
  const template = document.getElementById(`row-${part}`);
  const stencil = document.createElement("template");
  stencil.innerHTML = numbered(template.innerHTML, at);
  const row = stencil.content.firstElementChild;
  list.append(row);
  total.value = String(at + 1);
  window.htmx.process(row);
  form.dispatchEvent(new CustomEvent("portal:rows"));
  firstInput(row).focus();
}

function remove(button) {
  const row = button.closest(".part-row");
  const name = button.name;
  const gone = document.getElementById("row-gone").content.firstElementChild.cloneNode(true);
  const input = Object.assign(document.createElement("input"), { type: "hidden", name, value: "1" });
  gone.querySelector("[data-what]").textContent = row.querySelector("legend").textContent.trim();
  gone.append(input);
  row.hidden = true;
  row.before(gone);
  const undo = gone.querySelector("button");
  undo.focus();
  undo.addEventListener("click", () => {
    const key = row.querySelector("[name$='-key']");
    key.value = keyOf(row.dataset, key.value);
    row.hidden = false;
    gone.remove();
    firstInput(row).focus();
    tell(row);
  });
  tell(input);
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.name === "add") add(button);
  else if (button.name.endsWith("-remove")) remove(button);
  else return;
  event.preventDefault();
});
