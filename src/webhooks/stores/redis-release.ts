import type { RedisSend, RunScript } from "./redis-script.js";

const script = 'if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0';

/** Without a script, something can come in between. A claim with more time left than this does not run out meanwhile. */
const safeLeftMs = 5000;

/** Deletes a key if its value is the token. @returns false if it was not. */
export function createRedisRelease(
  send: RedisSend,
  run: RunScript,
): (key: string, token: string) => Promise<boolean> {
  return (key, token) =>
    run(script, key, [token], async () => {
      // In this order: if the value is the token now, it was when the time was asked for, and the time is the token's.
      const leftMs = Number(await send(["PTTL", key]));
      if ((await send(["GET", key])) !== token) return false;
      if (leftMs > safeLeftMs) await send(["DEL", key]);
      return true;
    });
}
