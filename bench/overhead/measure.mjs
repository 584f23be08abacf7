import { clients } from "./clients.mjs";

/** One client in a process of its own: prints microseconds of CPU and of time a call. */
const [name, verb, warmUp, calls] = process.argv.slice(2);
const call = (await clients[name]())[verb];
for (let index = 0; index < Number(warmUp); index++) await call();
const cpu = process.cpuUsage();
const startedAtMs = performance.now();
for (let index = 0; index < Number(calls); index++) await call();
const wallUs = ((performance.now() - startedAtMs) * 1000) / Number(calls);
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ cpuUs: (user + system) / Number(calls), wallUs }));
