import { fork, type ChildProcess } from "node:child_process";
import type { Order } from "./orders.js";

/** Processes that are killed and started again, and what they said before. */
export interface CrashingShop {
  readonly kills: () => number;
  /** Gives an order to any process, and again to another until one has taken it. */
  order(order: Order): void;
  killOne(random: () => number): void;
  /** How many orders no process has confirmed. */
  unconfirmed(): number;
  /** States that were told, by id. */
  readonly told: ReadonlyMap<string, ReadonlySet<string>>;
  /** What the processes could not do, by message. */
  readonly failures: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

type Message = { taken: string } | { failed: string; error: string } | { told: string; state: string };

const roles = ["worker", "worker", "web"] as const;

export function startShop(program: string, environment: Readonly<Record<string, string>>): CrashingShop {
  const waiting = new Map<string, Order>();
  const told = new Map<string, Set<string>>();
  const failures = new Map<string, number>();
  let kills = 0;
  let isStopped = false;
  const children: ChildProcess[] = [];

  function start(place: number): void {
    const env = { ...process.env, ...environment, ROLE: roles[place] };
    const child = fork(program, { env, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    children[place] = child;
    child.on("message", hear);
    child.on("error", () => undefined); // A message to a process that was just killed.
    child.on("exit", () => {
      if (!isStopped) start(place);
    });
    for (const order of waiting.values()) send(child, order);
  }

  function hear(message: Message): void {
    if ("taken" in message) waiting.delete(message.taken);
    else if ("told" in message)
      told.set(message.told, (told.get(message.told) ?? new Set()).add(message.state));
    else {
      failures.set(message.error, (failures.get(message.error) ?? 0) + 1);
      const order = waiting.get(message.failed);
      if (order !== undefined)
        setTimeout(() => {
          ask(order);
        }, 200);
    }
  }

  function send(child: ChildProcess, order: Order): void {
    if (child.connected) child.send(order, () => undefined);
  }

  function ask(order: Order): void {
    const child = children[Math.floor(Math.random() * children.length)];
    if (child !== undefined) send(child, order);
  }

  for (const place of roles.keys()) start(place);
  return {
    kills: () => kills,
    order(order) {
      waiting.set(order.input.id, order);
      ask(order);
      // A button that is clicked twice.
      if (order.input.amount % 3 === 0) ask(order);
    },
    killOne(random) {
      const child = children[Math.floor(random() * children.length)];
      if (child?.kill("SIGKILL") === true) kills += 1;
    },
    unconfirmed: () => waiting.size,
    told,
    failures,
    async stop() {
      isStopped = true;
      await Promise.all(
        children.map((child) => {
          const ended = new Promise((resolve) => child.once("exit", resolve));
          child.kill("SIGKILL");
          return ended;
        }),
      );
    },
  };
}
