import { isMainThread, Worker } from "node:worker_threads";

// The generators follow references by recursion: long chains of them need more stack than the main thread has.
if (isMainThread) {
  const self = JSON.stringify(import.meta.url);
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const code = `import(${loader}).then(({ tsImport }) => tsImport(${self}, ${self}))`;
  const worker = new Worker(code, {
    eval: true,
    argv: process.argv.slice(2),
    resourceLimits: { stackSizeMb: 128 },
  });
  worker.on("exit", (exitCode) => (process.exitCode = exitCode));
} else {
  const { main } = await import("./generation/write/command.js");
  process.exitCode = await main(process.argv.slice(2));
}
