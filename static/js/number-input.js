// Groups whole figures by thousands while they are typed, in the page's language; the server reads both ways.
(function () {
  "use strict";
  var sign = document.documentElement.lang === "en" ? "," : ".";

  function grouped(text) {
    return text.replace(/\B(?=(\d{3})+(?!\d))/g, sign);
  }

  document.addEventListener("input", function (event) {
    var input = event.target;
    if (!input.matches || !input.matches("input[data-grouped]") || event.isComposing) return;
    var bare = input.value.split(sign).join("").replace(/\s/g, "");
    if (!/^\d+$/.test(bare)) return; // anything else stays as typed, the server says what is wrong
    var digitsBefore = input.value.slice(0, input.selectionStart).replace(/\D/g, "").length;
    var shown = grouped(bare);
    if (shown === input.value) return;
    input.value = shown;
    var position = 0;
    for (var seen = 0; seen < digitsBefore && position < shown.length; position += 1) {
      if (/\d/.test(shown[position])) seen += 1;
    }
    input.setSelectionRange(position, position);
  });
})();
