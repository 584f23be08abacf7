import { setTimeout } from "node:timers/promises";
import { createClient } from "@keyv/redis";
import { Purse } from "../../../src/index.js";
import {
  createRedisWebhookStore,
  createWebhookHandler,
  type WebhookContext,
} from "../../../src/webhooks/index.js";
import { toNodeHandler } from "../../../src/webhooks/node.js";
import { startReceiving } from "../../support/receiving-server.js";

/**
 * One process of a fleet that receives webhooks. Notes in Redis what its handler does, prints the address that it
 * listens on, and ends when its standard input does. `stuck`: its handler never ends.
 */
const [
  serviceUrl = "",
  redisUrl = "",
  clientId = "",
  clientSecret = "",
  secret = "",
  claimTtlMs = "",
  mode = "",
] = process.argv.slice(2);

const client = createClient({ url: redisUrl });
await client.connect();
const count = async (key: string): Promise<number> => Number(await client.sendCommand(["INCR", key]));

async function handle({ event }: WebhookContext): Promise<void> {
  const state = `${event.id}:${String(event.version)}`;
  if ((await count(`at-work:${event.id}`)) > 1) await count("at-once");
  const runs = await count("runs");
  if (mode === "stuck") await new Promise(() => undefined);
  await setTimeout(runs % 7);
  await client.sendCommand(["DECR", `at-work:${event.id}`]);
  if (runs % 5 === 0) throw new Error("now and then");
  if ((await count(`succeeded:${state}`)) > 1) await count("again");
  await count("successes");
}

const purse = new Purse({ baseUrl: serviceUrl, clientId, clientSecret });
const store = createRedisWebhookStore({ client, receiver: "shop" });
const options = { secrets: [secret], store, on: { fallback: handle }, claimTtlMs: Number(claimTtlMs) };
const { url } = await startReceiving(toNodeHandler(createWebhookHandler(purse, options)));
process.stdin.on("close", () => process.exit(0)).resume();
process.stdout.write(`${url}\n`);
