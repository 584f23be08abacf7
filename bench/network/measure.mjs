import { createInterface } from "node:readline";
import { answer } from "../overhead/answers.mjs";
import { clients } from "./clients.mjs";

/**
 * One client in a process of its own, which waits for orders so that all clients can take turns: a line of JSON in,
 * `{ verb, inFlight, calls }`, a line of JSON out. Ends when its input does.
 */
const [name, origin] = process.argv.slice(2);
const client = await clients[name](origin);
const { id } = JSON.parse(answer);

async function measure({ verb, inFlight, calls }) {
  const call = client[verb];
  const timesMs = [];
  let started = 0;
  const work = async () => {
    while (started < calls) {
      started += 1;
      const startedAtMs = performance.now();
      const result = await call();
      timesMs.push(performance.now() - startedAtMs);
      // A client that is quick because it does not read its answers has not won.
      if (result.id !== id) throw new Error(`${name} did not give the answer`);
    }
  };
  // Connections that grew old while others had their turn are made again before the clock starts.
  await Promise.all(Array.from({ length: inFlight }, call));
  const cpu = process.cpuUsage();
  const startedAtMs = performance.now();
  await Promise.all(Array.from({ length: inFlight }, work));
  const seconds = (performance.now() - startedAtMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  timesMs.sort((a, b) => a - b);
  const at = (share) => timesMs[Math.floor((calls - 1) * share)] * 1000;
  return { callsASecond: calls / seconds, cpuUs: (user + system) / calls, p50Us: at(0.5), p99Us: at(0.99) };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await measure(JSON.parse(line))));
}
process.exit(0);
