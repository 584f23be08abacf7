import { systemClock, type Clock } from "../../clock.js";
import { PurseInvalidArgumentError } from "../../errors/invalid-argument-error.js";
import { readMembers } from "../../checks/members.js";
import { createAnonymousOwners } from "./anonymous-owners.js";
import { checkReceiver } from "../receiver.js";
import { createRedisRelease } from "./redis-release.js";
import { createScriptRunner, type RedisSend } from "./redis-script.js";
import { createRedisWrites } from "./redis-write.js";
import type { WebhookStore } from "./store.js";

/** A client that sends any command, as ioredis does. */
export interface RedisCallClient {
  /** Sends a command and gives its reply. */
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** A client that sends any command, as node-redis (`redis`, `@redis/client`) does. */
export interface RedisSendCommandClient {
  /** Sends a command, its name first, and gives its reply. */
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
   * Name of the receiver that the store is for: the same in all its processes, and another for each receiver that shares
   * the Redis. It is part of every key. Two receivers with one name would take each other's events.
   *
   * 1 to 64 letters, digits, dots, hyphens and underscores.
   */
  receiver: string;
  /**
   * Stands before every key.
   * @defaultValue `"purse-payments:webhook:"`
   */
  prefix?: string | undefined;
}

const defaultPrefix = "purse-payments:webhook:";
const done = "done";

/**
 * A store that processes share through Redis 2.6.12 or newer: claims are `SET NX PX` with the owner as value, and ended
 * by scripts (`EVAL`) that compare it. Where scripts are not allowed, values are compared by this process instead, and a
 * claim that has little time left runs out by itself.
 *
 * Claims are as safe as the Redis. It must not evict keys (`maxmemory-policy noeviction`): a claim that is evicted lets a
 * handler run twice, which `onError` is told of afterwards (`claim_lost`). One that fails over to a replica may forget a
 * claim it has just given. A payment takes about 400 bytes for
 * `summaryTtlMs`, and each of its states 200 for `completedTtlMs`.
 *
 * @throws PurseInvalidArgumentError when `client` has neither `call` nor `sendCommand`, `receiver` is missing or no
 * name, or `prefix` is not a string.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createRedisWebhookStore, createWebhookHandler, type RedisSendCommandClient } from "purse-payments/webhooks";
 *
 * // `client` is `await createClient({ url }).connect()` of node-redis, or `new Redis(url)` of ioredis.
 * export function createHandler(purse: Purse, client: RedisSendCommandClient, secret: string) {
 *   const store = createRedisWebhookStore({ client, receiver: "shop" });
 *   return createWebhookHandler(purse, { secrets: [secret], store, on: { fallback: () => undefined } });
 * }
 * ```
 */
export function createRedisWebhookStore(options: RedisWebhookStoreOptions): Required<WebhookStore> {
  return createStore(options, systemClock);
}

/** As above, with a clock for tests. */
export function createStore(options: unknown, clock: Clock): Required<WebhookStore> {
  const given = readMembers(options, "options", ["client", "receiver", "prefix"]);
  const send = senderOf(given["client"]);
  const prefix = `${checkPrefix(given["prefix"])}${checkReceiver(given["receiver"])}:`;
  const run = createScriptRunner(send);
  const releaseIfOwn = createRedisRelease(send, run);
  const writes = createRedisWrites(send, run);
  const anonymousOwners = createAnonymousOwners(clock);

  return {
    async claim(key, ttlMs, owner) {
      const token = owner ?? crypto.randomUUID();
      const reply = await send(["SET", prefix + key, token, "NX", "PX", toMs(ttlMs)]);
      // A client that sends a command again after losing the connection meets its own claim.
      const isRefused = reply === null || reply === undefined;
      if (isRefused && (await send(["GET", prefix + key])) !== token) return false;
      if (owner === undefined) anonymousOwners.note(key, token, ttlMs);
      return true;
    },
    async complete(key, ttlMs, owner) {
      anonymousOwners.take(key);
      if (owner !== undefined) return writes.complete(prefix + key, owner, toMs(ttlMs));
      return send(["SET", prefix + key, done, "PX", toMs(ttlMs)]);
    },
    async release(key, owner) {
      const token = anonymousOwners.take(key) ?? owner;
      return token === undefined || releaseIfOwn(prefix + key, token);
    },
    async remember(key, text, ttlMs, expected) {
      if (expected !== undefined) return writes.replace(prefix + key, expected ?? "", text, toMs(ttlMs));
      return send(["SET", prefix + key, text, "PX", toMs(ttlMs)]);
    },
    async recall(key) {
      const reply = await send(["GET", prefix + key]);
      return typeof reply === "string" ? reply : undefined;
    },
  };
}

/** Both libraries have a `sendCommand`, but that of ioredis takes something else, so its `call` is looked for first. */
function senderOf(given: unknown): RedisSend {
  // Checked before it is used.
  const client = (given ?? {}) as Partial<RedisCallClient & RedisSendCommandClient>;
  if (typeof client.call === "function") {
    const { call } = client;
    return ([command = "", ...args]) => call.call(client, command, ...args);
  }
  if (typeof client.sendCommand === "function") {
    const { sendCommand } = client;
    return (args) => sendCommand.call(client, args);
  }
  throw new PurseInvalidArgumentError(
    "options.client",
    "must be a client of ioredis or node-redis, or have the method call or sendCommand.",
  );
}

function checkPrefix(prefix: unknown): string {
  if (prefix === undefined) return defaultPrefix;
  if (typeof prefix === "string") return prefix;
  throw new PurseInvalidArgumentError("options.prefix", "must be a string.");
}

/** Redis takes whole numbers from 1. */
function toMs(ttlMs: number): string {
  return String(Math.max(1, Math.floor(ttlMs)));
}
