import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node, run } from "../package/run.js";
import type { Consumer } from "./matrix.js";
import type { Workbench } from "./workbench.js";

/** Since Node 22 Yarn can resolve what `require()` finds in an ES module, inside of its archives. */
const canRequire = Number(process.versions.node.split(".", 1)[0]) >= 22;

const required = `
const { Purse } = require("purse-payments");
const { createSimulator } = require("purse-payments/simulator");
console.log(typeof Purse, typeof createSimulator);
`;

const imported = `
import("purse-payments").then(async ({ Purse }) => {
  const { createSimulator } = await import("purse-payments/simulator");
  const simulator = createSimulator();
  const { baseUrl, fetch, clientId, clientSecret, entityId } = simulator;
  const purse = new Purse({ baseUrl, fetch, clientId, clientSecret, entityId });
  const session = await purse.clientSessions.create({
    amount: 4299,
    currency: "EUR",
    shopper_redirection_url: "https://shop.example/return",
    order: { reference: "order-1", net_amount: 4299 },
  });
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  console.log((await purse.redirection.verify(redirectUrl)).authorization_status);
});
`;

/** Yarn's Plug'n'Play, which has no \`node_modules\`. */
export function yarn({ plain, tools, tarball }: Workbench): readonly Consumer[] {
  return [
    {
      name: `Yarn Plug'n'Play, CommonJS: require() ${canRequire ? "works" : "is refused"}, import() works`,
      short: true,
      async run() {
        const folder = join(plain, "yarn");
        mkdirSync(folder);
        const write = (name: string, content: string): void => {
          writeFileSync(join(folder, name), content);
        };
        const registry = (await run("npm", ["config", "get", "registry"], folder)).trim();
        write("package.json", JSON.stringify({ dependencies: { "purse-payments": `file:${tarball}` } }));
        write("yarn.lock", "");
        write(
          ".yarnrc.yml",
          `nodeLinker: pnp\nenableTelemetry: false\nenableGlobalCache: false\nnpmRegistryServer: "${registry}"\n`,
        );
        write("required.cjs", required);
        write("imported.cjs", imported);
        const command = join(tools, "node_modules/@yarnpkg/cli-dist/bin/yarn.js");
        await run(node, [command, "install"], folder, { YARN_ENABLE_IMMUTABLE_INSTALLS: "false" });
        const told = await run(node, [command, "node", "imported.cjs"], folder);
        if (!told.includes("AUTHORIZED")) throw new Error(told);
        const answer = await run(node, [command, "node", "required.cjs"], folder).catch((error: unknown) =>
          String(error),
        );
        const expected = canRequire ? "function function" : "ERR_MODULE_NOT_FOUND";
        if (!answer.includes(expected)) throw new Error(`require() gives no ${expected}:\n${answer}`);
        return undefined;
      },
    },
  ];
}
