import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/index.js";
import {
  createRedisWebhookStore,
  type RedisCallClient,
  type RedisSendCommandClient,
} from "../../../src/webhooks/index.js";
import { thrownBy } from "../../support/failures.js";

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
  const store = createRedisWebhookStore({ client, prefix: "p:" });
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
    ["SET", "p:a", tokenOf(0), "NX", "PX", "1500"],
    ["SET", "p:a", tokenOf(1), "NX", "PX", "1500"],
    ["GET", "p:a"],
    ["SET", "p:a", "done", "PX", "9000"],
    ["SET", "p:b", tokenOf(4), "NX", "PX", "1"],
    ["EVAL", expect.stringContaining("DEL") as string, "1", "p:b", tokenOf(4)],
    ["SET", "p:c", "text", "PX", "9000"],
    ["GET", "p:c"],
    ["GET", "p:d"],
  ]);
  expect(new Set([tokenOf(0), tokenOf(1), tokenOf(4)]).size).toBe(3);
});

test("what was not claimed, or is complete, is not released", async () => {
  const { client, commands } = nodeRedis("OK", "OK", null);
  const store = createRedisWebhookStore({ client });
  await store.release("a");
  await store.claim("a", 1000);
  await store.complete("a", 1000);
  await store.release("a");
  await store.claim("b", 1000);
  await store.release("b");
  expect(commands.map(([command]) => command)).toEqual(["SET", "SET", "SET", "GET"]);
  expect(commands[0]?.[1]).toBe("purse-payments:webhook:a");
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
  expect(await createRedisWebhookStore({ client }).claim("a", 1000)).toBe(true);
});

test("something without call and sendCommand is refused", () => {
  const client = {} as RedisCallClient; // As from JavaScript.
  expect(thrownBy(() => createRedisWebhookStore({ client }))).toBeInstanceOf(PurseInvalidArgumentError);
});
