import type { ExitCode } from "./exit-codes.js";
import type { System } from "./system.js";

export interface Interruption {
  readonly signal: AbortSignal;
  stop(): void;
}

/** Turns the first Ctrl-C, SIGTERM or hang-up into an abort, so that the command can report its state. The second one exits at once. */
export function listenForInterruption(system: System, exitCodeOfSecond: ExitCode): Interruption {
  const controller = new AbortController();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const interrupt = (): void => {
    if (controller.signal.aborted) system.exit(exitCodeOfSecond);
    controller.abort();
  };
  for (const name of names) system.on(name, interrupt);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of names) system.off(name, interrupt);
    },
  };
}
