import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { WebhookStore } from "./store.js";

/** A client that sends any command, as ioredis does. */
export interface RedisCallClient {
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** A client that sends any command, as node-redis (`redis`, `@redis/client`) does. */
export interface RedisSendCommandClient {
  sendCommand(args: string[]): Promise<unknown>;
}

/** How to set up a store on Redis. */
export interface RedisWebhookStoreOptions {
  /**
   * A connected client of ioredis or node-redis. For another, three lines will do:
   * `{ sendCommand: (args) => other.send(args) }`, where `args` is a whole command such as `["GET", "key"]`; for a
   * cluster of node-redis, `{ sendCommand: (args) => cluster.sendCommand(args[0] === "EVAL" ? args[3] : args[1], false, args) }`.
   */
  client: RedisCallClient | RedisSendCommandClient;
  /**
   * Stands before every key.
   * @defaultValue `"purse-payments:webhook:"`
   */
  prefix?: string | undefined;
}

const defaultPrefix = "purse-payments:webhook:";
const done = "done";

/** Takes away a claim only if it is still one's own. In Redis, so that nothing comes in between. */
const releaseScript =
  'if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0';

/**
 * A store that processes share through Redis 2.6.12 or newer: claims are `SET NX PX` with a random token, and given up
 * by a script (`EVAL`) that compares it. Where scripts are not allowed, a claim is not given up, but runs out: then the
 * next change of a payment waits for `claimTtlMs`.
 *
 * Claims are as safe as the Redis: one that fails over to a replica may forget a claim it has just given.
 *
 * @throws PurseInvalidArgumentError when `client` has neither `call` nor `sendCommand`.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createRedisWebhookStore, createWebhookHandler, type RedisSendCommandClient } from "purse-payments/webhooks";
 *
 * // `client` is `await createClient({ url }).connect()` of node-redis, or `new Redis(url)` of ioredis.
 * export function createHandler(purse: Purse, client: RedisSendCommandClient, secret: string) {
 *   const store = createRedisWebhookStore({ client });
 *   return createWebhookHandler(purse, { secrets: [secret], store, on: { fallback: () => undefined } });
 * }
 * ```
 */
export function createRedisWebhookStore(options: RedisWebhookStoreOptions): Required<WebhookStore> {
  const send = senderOf(options.client);
  const prefix = options.prefix ?? defaultPrefix;
  /** What this process's claims are signed with. */
  const tokens = new Map<string, string>();

  return {
    async claim(key, ttlMs) {
      const token = crypto.randomUUID();
      const reply = await send(["SET", prefix + key, token, "NX", "PX", toMs(ttlMs)]);
      // A client that sends a command again after losing the connection meets its own claim.
      const isRefused = reply === null || reply === undefined;
      if (isRefused && (await send(["GET", prefix + key])) !== token) return false;
      tokens.set(key, token);
      return true;
    },
    async complete(key, ttlMs) {
      tokens.delete(key);
      await send(["SET", prefix + key, done, "PX", toMs(ttlMs)]);
    },
    async release(key) {
      const token = tokens.get(key);
      if (token === undefined) return;
      tokens.delete(key);
      await send(["EVAL", releaseScript, "1", prefix + key, token]);
    },
    async remember(key, text, ttlMs) {
      await send(["SET", prefix + key, text, "PX", toMs(ttlMs)]);
    },
    async recall(key) {
      const reply = await send(["GET", prefix + key]);
      return typeof reply === "string" ? reply : undefined;
    },
  };
}

/** Both libraries have a `sendCommand`, but that of ioredis takes something else, so its `call` is looked for first. */
function senderOf(
  client: Partial<RedisCallClient & RedisSendCommandClient>,
): RedisSendCommandClient["sendCommand"] {
  if (typeof client.call === "function") {
    const { call } = client;
    return ([command = "", ...args]) => call.call(client, command, ...args);
  }
  if (typeof client.sendCommand === "function") {
    const { sendCommand } = client;
    return (args) => sendCommand.call(client, args);
  }
  throw new PurseInvalidArgumentError("options.client", "must have the method call or sendCommand.");
}

/** Redis takes whole numbers from 1. */
function toMs(ttlMs: number): string {
  return String(Math.max(1, Math.floor(ttlMs)));
}
