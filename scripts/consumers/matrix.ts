/** One consumer: what it is, and how it is built and run. */
export interface Consumer {
  readonly name: string;
  /** Whether the short form has it, too. */
  readonly short: boolean;
  /** Resolves to what is worth telling, if anything is. */
  readonly run: () => Promise<string | undefined>;
}

const atOnce = 2;
const nameWidth = 62;

/** Runs all of them, prints a line for each, and gives the number of those that failed. */
export async function runMatrix(consumers: readonly Consumer[]): Promise<number> {
  const left = [...consumers];
  let failed = 0;
  async function work(): Promise<void> {
    for (let consumer = left.shift(); consumer !== undefined; consumer = left.shift()) {
      const startedMs = performance.now();
      const { name } = consumer;
      const line = (verdict: string, told = ""): string => {
        const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(6);
        return `${verdict} ${name.padEnd(nameWidth)}${seconds} s  ${told}`.trimEnd();
      };
      try {
        const told = await consumer.run();
        console.log(line("ok  ", told));
      } catch (error) {
        failed += 1;
        console.log(line("FAIL"));
        console.log(error instanceof Error ? error.message : error);
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}
