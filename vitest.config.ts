import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const inRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^purse-payments$/, replacement: inRoot("./src/index.ts") },
      { find: /^purse-payments\/browser$/, replacement: inRoot("./src/browser/index.ts") },
      { find: /^purse-payments\/checkout$/, replacement: inRoot("./src/checkout/index.ts") },
      { find: /^purse-payments\/journal$/, replacement: inRoot("./src/journal/index.ts") },
      { find: /^purse-payments\/money$/, replacement: inRoot("./src/money/index.ts") },
      { find: /^purse-payments\/opentelemetry$/, replacement: inRoot("./src/opentelemetry/index.ts") },
      { find: /^purse-payments\/redirection$/, replacement: inRoot("./src/redirection/index.ts") },
      { find: /^purse-payments\/simulator$/, replacement: inRoot("./src/simulator/index.ts") },
      { find: /^purse-payments\/undici$/, replacement: inRoot("./src/undici/index.ts") },
      { find: /^purse-payments\/webhooks$/, replacement: inRoot("./src/webhooks/index.ts") },
      { find: /^purse-payments\/webhooks\/node$/, replacement: inRoot("./src/webhooks/node.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    maxConcurrency: 20,
    restoreMocks: true,
    retry: 0,
    // Modules are loaded once a worker and not once a file, which halves the CPU time. What a file changes outside its
    // own modules it must put back.
    isolate: false,
    maxWorkers: 2,
  },
});
