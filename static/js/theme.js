// Sets light or dark before the first paint, and lets people choose; without JavaScript the page is light.
// A plain script, not a module: a module would run after the first paint.
{
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const order = ["auto", "light", "dark"];

  const chosen = () => {
    try {
      const kept = localStorage.getItem("theme");
      return order.includes(kept) ? kept : "auto";
    } catch {
      return "auto";  // storage may be forbidden
    }
  };

  const apply = () => {
    const theme = chosen();
    const systems = dark.matches ? "dark" : "light";
    const shown = theme === "auto" ? systems : theme;
    root.setAttribute("data-bs-theme", shown);
    root.classList.toggle("dark-mode", shown === "dark");  // by this the page of the API knows
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      button.querySelector("[data-theme-name]").textContent = button.getAttribute(`data-${theme}`);
    }
  };

  const turn = () => {
    try {
      localStorage.setItem("theme", order[(order.indexOf(chosen()) + 1) % order.length]);
    } catch {
      return;
    }
    apply();
  };

  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    apply();
    for (const button of document.querySelectorAll("[data-theme-switch]")) button.addEventListener("click", turn);
  });
}
