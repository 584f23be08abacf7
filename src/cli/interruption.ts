import type { ExitCode } from "./exit-codes.js";

export interface Interruption {
  readonly signal: AbortSignal;
  stop(): void;
}

/** Turns the first Ctrl-C, kill or hang-up into an abort, so that the command can say where it stands. */
export function listenForInterruption(exitCodeOfSecond: ExitCode): Interruption {
  const controller = new AbortController();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const interrupt = (): void => {
    // Whoever insists does not want to wait for what the first one set off.
    if (controller.signal.aborted) process.exit(exitCodeOfSecond);
    controller.abort();
  };
  for (const name of names) process.on(name, interrupt);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of names) process.off(name, interrupt);
    },
  };
}
