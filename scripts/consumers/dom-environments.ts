import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node, run } from "../package/run.js";
import { blocksOf } from "./guide-blocks.js";
import type { Consumer } from "./matrix.js";
import { guide, passed } from "./test-runners.js";
import type { Workbench } from "./workbench.js";

const environments = [
  { name: "jsdom", jest: "jest-environment-jsdom" },
  { name: "happy-dom", jest: "@happy-dom/jest-environment" },
] as const;

/**
 * Test runners that give every test a window. The client must refuse it and name the setting, and the guide's tests must
 * pass in such a project with that setting at their top.
 */
export function domEnvironments({ equipped, tools }: Workbench): readonly Consumer[] {
  const bin = (path: string): string => join(tools, "node_modules", path);
  return environments.flatMap(({ name, jest }): readonly Consumer[] => [
    {
      name: `vitest 4.1 with ${name}: a window is refused, the setting helps`,
      short: true,
      async run() {
        const folder = project(equipped, `vitest-${name}`, "@vitest-environment node", "vitest");
        const args = ["run", "--root", folder, "--environment", name, "--reporter=json"];
        return passed(await run(node, [bin("vitest/vitest.mjs"), ...args], folder));
      },
    },
    {
      name: `Jest 30 with ${name}: a window is refused, the setting helps`,
      short: true,
      async run() {
        const folder = project(equipped, `jest-${name}`, "@jest-environment node", "jest");
        writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
        writeFileSync(join(folder, "jest.config.js"), blocksOf(guide, "js jest-config").join("\n"));
        return passed(await run(node, [bin("jest/bin/jest.js"), "--json", `--env=${bin(jest)}`], folder));
      },
    },
  ]);
}

function project(equipped: string, name: string, setting: string, runner: "vitest" | "jest"): string {
  const folder = join(equipped, name);
  mkdirSync(folder);
  const imports = `import { expect, test } from "${runner === "jest" ? "@jest/globals" : "vitest"}";`;
  writeFileSync(join(folder, "window.test.ts"), refusal(imports, setting));
  for (const [index, code] of blocksOf(guide, `ts ${runner}`).entries())
    writeFileSync(join(folder, `guide-${String(index)}.test.ts`), `/** ${setting} */\n${code}`);
  if (runner === "vitest") writeFileSync(join(folder, "addresses.test.ts"), addresses);
  return folder;
}

const refusal = (imports: string, setting: string): string => `${imports}
import { Purse, PurseConfigurationError } from "purse-payments";

test("there is a window here, and the refusal says how to do without", () => {
  expect(typeof window).toBe("object");
  const refused = () => new Purse({ environment: "sandbox", clientId: "a", clientSecret: "b" });
  expect(refused).toThrow(PurseConfigurationError);
  expect(refused).toThrow("@" + ${JSON.stringify(setting.slice(1))}); // In one piece it would be a setting itself.
});
`;

/** Not in Jest, whose environments lack what verifying needs (`TextEncoder` in jsdom). */
const addresses = `import { expect, test } from "vitest";
import { createRedirectionVerifier } from "purse-payments/redirection";

test("addresses of the window's own class are read", async () => {
  const verifier = createRedirectionVerifier({ keys: { keys: [] } });
  const address = new URL("https://shop.example/return?a=1");
  await expect(verifier.verify(address)).rejects.toMatchObject({ reason: "parameter_missing" });
  await expect(verifier.verify(address.searchParams)).rejects.toMatchObject({ reason: "parameter_missing" });
});
`;
