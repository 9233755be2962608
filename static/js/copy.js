// A button that copies the text beside it; it only appears where copying works.
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var words = button.querySelector("span");
    var label = words.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      var source = button.parentElement.querySelector("[data-copy-source]");
      navigator.clipboard.writeText(source.value).then(function () {
        words.textContent = button.dataset.done;
        setTimeout(function () { words.textContent = label; }, 4000);
      }, function () { source.select(); });
    });
  });
})();
