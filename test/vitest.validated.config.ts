import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vitest/config";
import standard from "../vitest.config.js";

const standIn = fileURLToPath(new URL("./validated/simulator.ts", import.meta.url));

/** The behaviour tests with a validating proxy between the clients and the simulator. */
export default mergeConfig(
  standard,
  defineConfig({
    plugins: [
      {
        name: "simulator-behind-proxy",
        enforce: "pre",
        resolveId(source, importer) {
          const isSimulator = source.endsWith("/src/simulator/index.js");
          return isSimulator && importer !== standIn ? standIn : null;
        },
      },
    ],
  }),
);
