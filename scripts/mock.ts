import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { parseArgs } from "node:util";

const host = "127.0.0.1";
const defaultPort = 4012;

const help = `Runs Prism's stateless mock of the API description on this computer.

  npm run mock                      on port ${String(defaultPort)}
  npm run mock -- --port 5000       on another port

For a stateful service, with a payment page and webhooks, see npm run simulator.
`;

/** Whether a port is free. Asked beforehand, because Prism answers a taken one with its usage. */
async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once("error", () => {
      resolve(false);
    });
    probe.listen({ port, host }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { port: { type: "string", default: String(defaultPort) }, help: { type: "boolean" } },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port < 1 || port > 65_535) {
    process.stderr.write("mock: --port must be a number from 1 to 65535.\n");
    return 2;
  }
  if (!(await isFree(port))) {
    process.stderr.write(
      `mock: port ${String(port)} on ${host} is already in use. Call it again with another: npm run mock -- --port 5000\n`,
    );
    return 1;
  }
  const spec = "openapi/purse-payment-api-v2.yaml";
  const prism = spawn("prism", ["mock", spec, "--host", host, "--port", String(port), "--errors"], {
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to both; a kill reaches only this process.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => void prism.kill());
  return new Promise((resolve) => {
    prism.once("close", (code) => {
      resolve(code ?? 0);
    });
  });
}

process.exitCode = await main();
