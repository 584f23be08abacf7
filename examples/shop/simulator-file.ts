import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { Simulator, SimulatorDump } from "purse-payments/simulator";

/** How long the fate of webhooks may wait to be written together. What they tell is written before they are sent. */
const saveAfterMs = 300;

/** The file in which the simulator's payments outlive the process, as the orders do in the database. */
export interface SimulatorFile {
  /**
   * Gives the simulator back what was kept; nothing when there is no file yet.
   *
   * @throws Error when the file cannot be read; it says what to do.
   */
  restore(simulator: Simulator): void;
  /**
   * Saves before it returns.
   *
   * @throws Error when the file cannot be written.
   */
  save(simulator: Simulator): void;
  /** Saves within a moment, together with what else happens until then. */
  saveSoon(simulator: Simulator): void;
  /** Drops what {@link saveSoon} has planned. */
  stop(): void;
}

export function openSimulatorFile(file: string, onFault: (error: unknown) => void): SimulatorFile {
  let timer: NodeJS.Timeout | undefined;

  function save(simulator: Simulator): void {
    clearTimeout(timer);
    timer = undefined;
    refuseOther(file);
    // New, and of a name that cannot be guessed: others may write to the folder, and could have put a link there.
    const half = `${file}.${crypto.randomUUID()}.part`;
    try {
      // Whole on the disk before it takes the other's name: a process that dies here leaves the old file or the new one.
      writeFileSync(half, JSON.stringify(simulator.dump()), { flag: "wx", mode: 0o600, flush: true });
      renameSync(half, file);
    } catch (error) {
      rmSync(half, { force: true });
      throw error;
    }
  }

  return {
    restore(simulator) {
      try {
        refuseOther(file);
        const dump = JSON.parse(readFileSync(file, "utf8")) as SimulatorDump; // The simulator checks it.
        simulator.load(untilNow(dump));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
        throw new Error(`${file} cannot be read. Delete it together with the database to begin anew.`, {
          cause: error,
        });
      }
    },
    save,
    saveSoon(simulator) {
      timer ??= setTimeout(() => {
        try {
          save(simulator);
        } catch (error) {
          onFault(error);
        }
      }, saveAfterMs);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

/** Links are not followed: what they lead to may belong to another user. */
function refuseOther(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false)
    throw new Error(`${file} is not a regular file.`);
}

/** A dump goes on at the time at which it was made. Here it has gone on meanwhile, as at a real service. */
function untilNow(dump: SimulatorDump): SimulatorDump {
  return { ...dump, clock: { ...dump.clock, nowMs: Math.max(dump.clock.nowMs, Date.now()) } };
}
