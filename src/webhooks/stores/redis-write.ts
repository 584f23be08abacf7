import type { RedisSend, RunScript } from "./redis-script.js";

/** Marks a claim as completed, even if it has expired. A claim of another owner is left alone. */
const completeScript = `local v = redis.call("GET", KEYS[1])
local own = v == ARGV[1] or v == ARGV[2]
if own or not v then redis.call("SET", KEYS[1], ARGV[2], "PX", ARGV[3]) end
return own and 1 or 0`;

/** Writes a text in the place of the one expected, where an empty one stands for none. */
const replaceScript = `local v = redis.call("GET", KEYS[1]) or ""
if v ~= ARGV[1] and v ~= ARGV[2] then return 0 end
redis.call("SET", KEYS[1], ARGV[2], "PX", ARGV[3])
return 1`;

/** What compares before it writes. Both may be sent twice by a connection that was lost, and mean the same then. */
export interface RedisWrites {
  /** @returns false if the value was not the token. */
  complete(key: string, token: string, ttlMs: string): Promise<boolean>;
  /** @returns false if something else was kept. */
  replace(key: string, expected: string, text: string, ttlMs: string): Promise<boolean>;
}

export function createRedisWrites(send: RedisSend, run: RunScript): RedisWrites {
  const set = (key: string, value: string, ttlMs: string): Promise<unknown> =>
    send(["SET", key, value, "PX", ttlMs]);

  return {
    complete(key, token, ttlMs) {
      const done = `done:${token}`;
      return run(completeScript, key, [token, done, ttlMs], async () => {
        const value = (await send(["GET", key])) ?? "";
        const isOwn = value === token || value === done;
        if (isOwn || value === "") await set(key, done, ttlMs);
        return isOwn;
      });
    },
    replace(key, expected, text, ttlMs) {
      return run(replaceScript, key, [expected, text, ttlMs], async () => {
        const value = (await send(["GET", key])) ?? "";
        if (value !== expected && value !== text) return false;
        await set(key, text, ttlMs);
        return true;
      });
    },
  };
}
