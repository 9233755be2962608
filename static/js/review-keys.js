// Shortcuts of the review desk: j/k go from row to row, o opens, v and r lead to the decision. Everything they do is
// also a link or a button; they can be switched off, and never act while somebody types.
(function () {
  "use strict";
  var hint = document.querySelector("[data-keys]");
  if (!hint) return;
  var toggle = hint.querySelector("[data-keys-switch]");
  var words = toggle.querySelector("span");
  var texts = { on: words.textContent, off: toggle.dataset.off };
  var kept = "review-keys";

  function isOff() {
    try { return localStorage.getItem(kept) === "off"; } catch (refused) { return false; }
  }

  function tell() { words.textContent = isOff() ? texts.off : texts.on; }

  toggle.addEventListener("click", function () {
    try { localStorage.setItem(kept, isOff() ? "on" : "off"); } catch (refused) { return; }
    tell();
  });
  hint.hidden = false;
  tell();

  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-review]"));

  function current() {
    return rows.findIndex(function (row) { return row.contains(document.activeElement); });
  }

  function go(step) {
    var at = current();
    var next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (!next) return;
    var link = next.querySelector("a");
    link.focus();
    link.scrollIntoView({ block: "nearest" });
  }

  function decide(key) {
    var button = document.querySelector('[data-key="' + key + '"]');
    var row = rows[current()];
    if (button) {
      button.focus();
      button.scrollIntoView({ block: "nearest" });
    } else if (row && row.dataset.review) {
      window.location.assign(row.dataset.review);
    }
  }

  var deeds = {
    j: function () { go(1); },
    k: function () { go(-1); },
    o: function () { if (current() >= 0) rows[current()].querySelector("a").click(); },
    v: function () { decide("v"); },
    r: function () { decide("r"); }
  };

  document.addEventListener("keydown", function (event) {
    if (isOff() || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    var deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
})();
