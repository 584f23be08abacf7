import { defineConfig } from "vitest/config";

/** The quick tests alone: mutants by the thousand cannot wait for real servers. */
export default defineConfig({
  test: {
    include: [
      "test/unit/{call,checks,http,auth,idempotency,errors,resources}/**/*.test.ts",
      "test/unit/journal/*.test.ts",
      "test/property/journal-states.test.ts",
      "test/unit/settings.test.ts",
      "test/behaviour/mistakes.test.ts",
    ],
    // Thirty processes and their clocks take seconds, and the cache that they share has tests of its own.
    // So do databases.
    exclude: ["test/unit/auth/fleet.test.ts", "test/unit/journal/stores.test.ts"],
    testTimeout: 5000,
  },
});
