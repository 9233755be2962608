// Sets light or dark before the first paint, and lets people choose; without JavaScript the page is light.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var order = ["auto", "light", "dark"];

  function chosen() {
    try {
      return order.indexOf(localStorage.getItem("theme")) > 0 ? localStorage.getItem("theme") : "auto";
    } catch (error) {
      return "auto"; // storage may be forbidden
    }
  }

  function apply() {
    var theme = chosen();
    var shown = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    root.setAttribute("data-bs-theme", shown);
    root.classList.toggle("dark-mode", shown === "dark"); // by this the page of the API knows
    document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
      button.hidden = false;
      button.querySelector("[data-theme-name]").textContent = button.getAttribute("data-" + theme);
    });
  }

  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", function () {
    apply();
    document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
      button.addEventListener("click", function () {
        try {
          localStorage.setItem("theme", order[(order.indexOf(chosen()) + 1) % order.length]);
        } catch (error) {
          return;
        }
        apply();
      });
    });
  });
})();
