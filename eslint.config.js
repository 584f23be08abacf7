import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "bench/**/*.mjs",
    "test/company/**",
    "test/consumers/**/*.{mjs,cjs}",
    ".cache",
    "dist",
    "generated",
    "coverage",
    "examples/next",
    "test/next",
    "eslint.config.js",
  ]),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A getter keeps an error's name and mark off the instance, and so out of logs.
      "@typescript-eslint/class-literal-property-style": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      // Names from other people's protocols stand in brackets so that they are not mistaken for ours.
      "@typescript-eslint/dot-notation": "off",
      "no-console": "off",
    },
  },
  { files: ["examples/**/assets/*.js"], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ["src/**"],
    ignores: ["src/cli/**", "src/undici/**", "src/simulator/**", "src/browser/**"],
    rules: {
      "no-console": "error",
      "no-restricted-globals": ["error", "process", "Buffer", "global", "require", "window", "document"],
      "no-restricted-imports": ["error", { patterns: ["node:*"] }],
    },
  },
  {
    files: ["src/browser/**"],
    rules: {
      "no-console": "error",
      "no-restricted-globals": ["error", "process", "Buffer", "global", "require"],
      "no-restricted-imports": ["error", { patterns: ["node:*"] }],
    },
  },
);
