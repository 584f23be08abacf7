import { defineConfig } from "vitest/config";

/** The quick tests alone: mutants by the thousand cannot wait for real servers. */
export default defineConfig({
  test: {
    include: [
      "test/unit/{http,auth,idempotency,errors,resources}/**/*.test.ts",
      "test/unit/settings.test.ts",
      "test/behaviour/mistakes.test.ts",
    ],
    testTimeout: 5000,
  },
});
