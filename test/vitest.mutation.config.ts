import { defineConfig } from "vitest/config";

/** The quick tests alone: mutants by the thousand cannot wait for real servers. */
export default defineConfig({
  test: {
    include: [
      "test/unit/{http,auth,idempotency,errors,resources}/**/*.test.ts",
      "test/unit/settings.test.ts",
      "test/behaviour/mistakes.test.ts",
    ],
    // Thirty processes and their clocks take seconds, and the cache that they share has tests of its own.
    exclude: ["test/unit/auth/fleet.test.ts"],
    testTimeout: 5000,
  },
});
