/** Imports one module in this fresh process; prints how long that took and what it cost in memory. */
const before = process.memoryUsage().rss;
const startedAtMs = performance.now();
await import(process.argv[2]);
const ms = performance.now() - startedAtMs;
console.log(JSON.stringify({ ms, rssMb: (process.memoryUsage().rss - before) / 1e6 }));
process.exit(0);
