/** Sends one whole command. */
export type RedisSend = (args: string[]) => Promise<unknown>;

/** Takes away a claim only if it is still one's own. In Redis, so that nothing comes in between. */
const script = 'if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0';

/** What servers, proxies and access lists say of a command that they do not let through. */
const noScripts = /unknown command|noperm|not allowed|no permissions|not supported|unsupported|disabled/i;

/** What a server says that does nothing of the kind just now. Some of it reads like the above, and passes. */
const passing = /(?:^|: |-)(?:MISCONF|OOM|READONLY|LOADING|BUSY|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|TRYAGAIN) /;

/** Without a script, something can come in between. A claim with more time left than this does not run out meanwhile. */
const safeLeftMs = 5000;

/** Deletes a key if its value is the token. Falls back to comparing here where scripts are not allowed. */
export function createRedisRelease(send: RedisSend): (key: string, token: string) => Promise<void> {
  let hasScripts = true;

  return async (key, token) => {
    if (hasScripts) {
      try {
        await send(["EVAL", script, "1", key, token]);
        return;
      } catch (error) {
        // Anything else is a failure of the connection or of the server.
        if (!(error instanceof Error) || !isRefusal(error.message)) throw error;
        hasScripts = false;
      }
    }
    // In this order: if the value is the token now, it was when the time was asked for, and the time is the token's.
    const leftMs = Number(await send(["PTTL", key]));
    if (leftMs > safeLeftMs && (await send(["GET", key])) === token) await send(["DEL", key]);
  };
}

function isRefusal(message: string): boolean {
  return noScripts.test(message) && !passing.test(message);
}
