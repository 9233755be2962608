// The rules for the scripts of the pages (static/js) and their tests; `make scripts` checks them.
import js from "@eslint/js";
import globals from "globals";

const PLAIN = ["theme", "early", "api-docs", "star-worker"].map((name) => `static/js/${name}.js`);  // no modules

export default [
  { ignores: ["node_modules/", "var/", ".venv/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    rules: {
      "eqeqeq": "error",
      "max-len": ["error", { code: 120 }],
      "no-shadow": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["static/js/**"],
    ignores: ["static/js/rules/**"],  // they know no page
    languageOptions: { globals: { ...globals.browser, L: "readonly" } },
  },
  { files: PLAIN, languageOptions: { sourceType: "script" } },
  { files: ["tests/browser/**"], languageOptions: { globals: { ...globals.browser, axe: "readonly" } } },
  { files: ["tests/scripts/**"], languageOptions: { globals: globals.node } },
];
