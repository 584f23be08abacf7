/** Sends one whole command. */
export type RedisSend = (args: string[]) => Promise<unknown>;

/**
 * Compares and writes in Redis itself, so that nothing comes in between, however late the command arrives. Every script
 * has one key and answers 0 when it found something else than it was told to expect.
 *
 * @param instead does the same from here, as well as it can, where scripts are not allowed.
 * @returns whether it found what it expected.
 */
export type RunScript = (
  script: string,
  key: string,
  args: readonly string[],
  instead: () => Promise<boolean>,
) => Promise<boolean>;

/** Errors of servers, proxies and access lists that do not allow the command. */
const noScripts = /unknown command|noperm|not allowed|no permissions|not supported|unsupported|disabled/i;

/** Errors of a server that cannot run the command now. Some resemble the above, but are temporary. */
const passing = /(?:^|: |-)(?:MISCONF|OOM|READONLY|LOADING|BUSY|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|TRYAGAIN) /;

export function createScriptRunner(send: RedisSend): RunScript {
  let hasScripts = true;

  return async (script, key, args, instead) => {
    if (hasScripts) {
      try {
        return String(await send(["EVAL", script, "1", key, ...args])) !== "0";
      } catch (error) {
        // Anything else is a failure of the connection or of the server.
        if (!(error instanceof Error) || !isRefusal(error.message)) throw error;
        hasScripts = false;
      }
    }
    return instead();
  };
}

function isRefusal(message: string): boolean {
  return noScripts.test(message) && !passing.test(message);
}
