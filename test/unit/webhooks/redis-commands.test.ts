import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/index.js";
import {
  createRedisWebhookStore,
  type RedisCallClient,
  type RedisSendCommandClient,
} from "../../../src/webhooks/index.js";
import { createAnonymousOwners } from "../../../src/webhooks/stores/anonymous-owners.js";
import { createStore } from "../../../src/webhooks/stores/redis-store.js";
import { rejectionOf, thrownBy } from "../../support/failures.js";
import { manualClock } from "../../support/manual-clock.js";

type Reply = string | number | null;

interface Recorded<Client> {
  client: Client;
  commands: string[][];
}

/** As node-redis: one list of words, and needs its `this`. */
function nodeRedis(...replies: Reply[]): Recorded<RedisSendCommandClient> {
  const commands: string[][] = [];
  const client = {
    replies,
    sendCommand(this: { replies: Reply[] }, args: string[]): Promise<unknown> {
      commands.push(args);
      return Promise.resolve(this.replies.shift());
    },
  };
  return { client, commands };
}

/** As ioredis: `call`, and a `sendCommand` that takes something else. */
function ioredis(...replies: Reply[]): Recorded<RedisCallClient> {
  const { client, commands } = nodeRedis(...replies);
  const call = (command: string, ...args: string[]): Promise<unknown> =>
    client.sendCommand([command, ...args]);
  const sendCommand = (): never => {
    throw new TypeError("command.name");
  };
  return { client: Object.assign({ call }, { sendCommand }), commands };
}

test.each([
  ["node-redis", nodeRedis],
  ["ioredis", ioredis],
])("%s is sent whole commands", async (_, connect) => {
  const { client, commands } = connect("OK", null, "another's", "OK", "OK", 1, "OK", "text", null);
  // With a clock that stands still: the claim of half a millisecond is given up in time.
  const store = createStore({ client, receiver: "shop", prefix: "p:" }, manualClock());
  expect(await store.claim("a", 1500.7)).toBe(true);
  expect(await store.claim("a", 1500)).toBe(false);
  await store.complete("a", 9000);
  expect(await store.claim("b", 0.5)).toBe(true);
  await store.release("b");
  await store.remember("c", "text", 9000);
  expect(await store.recall("c")).toBe("text");
  expect(await store.recall("d")).toBeUndefined();

  const tokenOf = (index: number): string => commands[index]?.[2] ?? "";
  expect(commands).toEqual([
    ["SET", "p:shop:a", tokenOf(0), "NX", "PX", "1500"],
    ["SET", "p:shop:a", tokenOf(1), "NX", "PX", "1500"],
    ["GET", "p:shop:a"],
    ["SET", "p:shop:a", "done", "PX", "9000"],
    ["SET", "p:shop:b", tokenOf(4), "NX", "PX", "1"],
    ["EVAL", expect.stringContaining("DEL") as string, "1", "p:shop:b", tokenOf(4)],
    ["SET", "p:shop:c", "text", "PX", "9000"],
    ["GET", "p:shop:c"],
    ["GET", "p:shop:d"],
  ]);
  expect(new Set([tokenOf(0), tokenOf(1), tokenOf(4)]).size).toBe(3);
});

test("what was not claimed, or is complete, is not released", async () => {
  const { client, commands } = nodeRedis("OK", "OK", null);
  const store = createRedisWebhookStore({ client, receiver: "shop" });
  await store.release("a");
  await store.claim("a", 1000);
  await store.complete("a", 1000);
  await store.release("a");
  await store.claim("b", 1000);
  await store.release("b");
  expect(commands.map(([command]) => command)).toEqual(["SET", "SET", "SET", "GET"]);
  expect(commands[0]?.[1]).toBe("purse-payments:webhook:shop:a");
});

test("a claim that was sent twice by the connection is still this one's", async () => {
  const commands: string[][] = [];
  const client: RedisSendCommandClient = {
    sendCommand(args) {
      commands.push(args);
      // The first SET took effect, its answer was lost, and the client sent it again.
      return Promise.resolve(args[0] === "GET" ? commands[0]?.[2] : null);
    },
  };
  expect(await createRedisWebhookStore({ client, receiver: "shop" }).claim("a", 1000)).toBe(true);
});

test.each([
  ["no options", undefined],
  ["a client that is not there", { client: undefined }],
  ["a client that is null", { client: null }],
  ["an address", { client: "redis://127.0.0.1" }],
  ["something without call and sendCommand", { client: {} }],
  ["a prefix that is no text", { client: nodeRedis().client, receiver: "shop", prefix: 5 }],
  [
    "a misspelt prefix, which two shops would share",
    { client: nodeRedis().client, receiver: "shop", keyPrefix: "shop-1:" },
  ],
  ["no receiver", { client: nodeRedis().client }],
  ["an empty receiver", { client: nodeRedis().client, receiver: "" }],
  ["a receiver that is no text", { client: nodeRedis().client, receiver: 5 }],
  ["a receiver that reaches into another's keys", { client: nodeRedis().client, receiver: "shop:other" }],
  ["a receiver with a line break", { client: nodeRedis().client, receiver: "shop\n" }],
  ["a receiver that is long", { client: nodeRedis().client, receiver: "x".repeat(65) }],
])("%s is refused at once", (_, options) => {
  const error = thrownBy(() => createRedisWebhookStore(options as never)); // As from JavaScript.
  expect(error).toBeInstanceOf(PurseInvalidArgumentError);
});

test("an owner is the claim's value, and only that owner releases it", async () => {
  const { client, commands } = nodeRedis("OK", 0, 1);
  const store = createRedisWebhookStore({ client, receiver: "shop", prefix: "p:" });
  await store.claim("a", 1000, "owner-2");
  await store.release("a", "owner-1");
  await store.release("a", "owner-2");
  expect(commands.map((command) => command.filter((word) => !word.includes("redis.call")))).toEqual([
    ["SET", "p:shop:a", "owner-2", "NX", "PX", "1000"],
    ["EVAL", "1", "p:shop:a", "owner-1"],
    ["EVAL", "1", "p:shop:a", "owner-2"],
  ]);
});

/** Keeps values as Redis does, but lets no script through. */
function withoutScripts(
  refusal: string,
  leftMs = 60_000,
): Recorded<RedisSendCommandClient> & { values: Map<string, string> } {
  const values = new Map<string, string>();
  const commands: string[][] = [];
  const client: RedisSendCommandClient = {
    sendCommand(args) {
      commands.push(args);
      const [command, key = "", value = ""] = args;
      if (command === "EVAL") return Promise.reject(new Error(refusal));
      if (command === "GET") return Promise.resolve(values.get(key) ?? null);
      if (command === "PTTL") return Promise.resolve(values.has(key) ? leftMs : -2);
      if (command === "DEL") return Promise.resolve(Number(values.delete(key)));
      if (values.has(key) && args.includes("NX")) return Promise.resolve(null);
      values.set(key, value);
      return Promise.resolve("OK");
    },
  };
  return { client, commands, values };
}

test.each([
  ["ERR unknown command 'EVAL'"],
  ["ERR unknown command `EVAL`, with args beginning with: "],
  ["NOPERM this user has no permissions to run the 'eval' command"],
  ["NOPERM User app has no permissions to run the 'eval' command"],
])("where scripts are refused with %j, a claim is compared by this process", async (refusal) => {
  const { client, commands, values } = withoutScripts(refusal);
  const store = createRedisWebhookStore({ client, receiver: "shop", prefix: "" });
  await store.claim("a", 60_000, "one");
  await store.release("a", "another");
  expect(values.get("shop:a")).toBe("one");
  await store.release("a", "one");
  expect(values.has("shop:a")).toBe(false);
  // It is not asked again.
  expect(commands.filter(([command]) => command === "EVAL")).toHaveLength(1);
});

test("where scripts are refused, a claim that may run out meanwhile is left to run out", async () => {
  const { client, values } = withoutScripts("ERR unknown command 'EVAL'", 5000);
  const store = createRedisWebhookStore({ client, receiver: "shop", prefix: "" });
  await store.claim("a", 60_000, "one");
  await store.release("a", "one");
  expect(values.get("shop:a")).toBe("one");
});

test("a connection that is lost while releasing says nothing about scripts", async () => {
  const { client, commands } = withoutScripts("Connection is closed.");
  const store = createRedisWebhookStore({ client, receiver: "shop", prefix: "" });
  await store.claim("a", 60_000, "one");
  for (let index = 0; index < 2; index++) {
    expect(await rejectionOf(store.release("a", "one"))).toEqual(new Error("Connection is closed."));
  }
  expect(commands.map(([command]) => command)).toEqual(["SET", "EVAL", "EVAL"]);
});

test.each([
  ["MISCONF Redis is configured to save RDB snapshots. Commands that may modify the data set are disabled."],
  ["OOM command not allowed when used memory > 'maxmemory'."],
  ["READONLY You can't write against a read only replica; writing is disabled."],
  ["LOADING Redis is loading the dataset in memory: commands are not allowed"],
  ["BUSY Redis is busy running a script. Other commands are not allowed."],
  ["ERR Error running script: -OOM command not allowed when used memory > 'maxmemory'."],
])("a trouble that passes, %j, does not switch scripts off", async (trouble) => {
  const { client, commands } = withoutScripts(trouble);
  const store = createRedisWebhookStore({ client, receiver: "shop", prefix: "" });
  await store.claim("a", 60_000, "one");
  for (let index = 0; index < 2; index++) {
    expect(await rejectionOf(store.release("a", "one"))).toEqual(new Error(trouble));
  }
  expect(commands.map(([command]) => command)).toEqual(["SET", "EVAL", "EVAL"]);
});

test("tokens of claims without an owner are forgotten when these have run out", async () => {
  const clock = manualClock();
  const tokens = createAnonymousOwners(clock);
  for (let index = 0; index < 50_000; index++) {
    tokens.note(`key-${String(index)}`, "token", 1000);
    if (index % 500 === 0) await clock.advance(1000);
  }
  expect(tokens.size()).toBeLessThanOrEqual(2000);
  tokens.note("late", "token", 1000);
  await clock.advance(1000);
  expect(tokens.take("late")).toBeUndefined();
  tokens.note("known", "token", 1000);
  expect(tokens.take("known")).toBe("token");
  expect(tokens.take("known")).toBeUndefined();
});
