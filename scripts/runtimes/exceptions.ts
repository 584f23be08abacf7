import type { RuntimeName } from "./runtimes.js";

/** Test files that stay away from some runtimes. Whatever is not named here runs on all. */
export interface NotRun {
  /** Test files, or folders with a slash at the end. */
  readonly paths: readonly string[];
  readonly on: readonly RuntimeName[];
  readonly reason: string;
}

/** Cases that run and fail because the runtime is different. One that passes must leave the list. */
export interface KnownDifference {
  readonly file: string;
  readonly cases: readonly string[];
  readonly on: readonly RuntimeName[];
  readonly reason: string;
}

const node = ["node20", "node22", "node24", "node26"] as const;
const all = [...node, "bun", "deno", "workerd"] as const;

export const notRun: readonly NotRun[] = [
  {
    paths: ["test/scripts/", "test/types/"],
    on: all,
    reason:
      "They test the repository's tools and declarations, which no runtime executes; `npm test` runs them.",
  },
  {
    paths: ["test/behaviour/fleet/", "test/behaviour/webhooks/redis-fleet.test.ts"],
    on: all,
    reason:
      "They need a Redis server, and members of a fleet that are processes of Node; `npm test` runs them.",
  },
  {
    paths: ["test/behaviour/demo.test.ts", "test/behaviour/simulator-cli.test.ts"],
    on: ["bun", "deno", "workerd"],
    reason: "They start programs for Node: the demo, and the simulator's command line.",
  },
  {
    paths: ["test/contract/"],
    on: ["workerd"],
    reason: "They compare with Prism, a mock server for Node that compiles code as it runs.",
  },
  {
    paths: [
      "test/behaviour/crowds.test.ts",
      "test/behaviour/mistakes.test.ts",
      "test/behaviour/simulator-fetch.test.ts",
      "test/behaviour/simulator-webhooks.test.ts",
      "test/behaviour/webhooks/many.test.ts",
      "test/behaviour/webhooks/receiver.test.ts",
      "test/unit/webhooks/node.test.ts",
    ],
    on: ["workerd"],
    reason: "They start servers of `node:http` or `node:net`, which a worker cannot.",
  },
];

export const knownDifferences: readonly KnownDifference[] = [
  {
    file: "test/behaviour/simulator-flow.test.ts",
    cases: ["the simulator over a real port"],
    on: ["workerd"],
    reason: "`simulator.listen()` opens a port with `node:http`. `simulator.fetch` works everywhere.",
  },
  {
    file: "test/behaviour/simulator-refusals.test.ts",
    cases: ["bodies > refuses more than a mebibyte, with and without a port"],
    on: ["workerd"],
    reason: "The half of it that needs a port, as above.",
  },
  {
    file: "test/unit/errors/kinds.test.ts",
    cases: ["a read can end in "],
    on: ["bun"],
    reason:
      "The first line of `error.stack` says `Error` there; `name`, `code` and `String(error)` are right.",
  },
  {
    file: "test/unit/webhooks/node.test.ts",
    cases: ["TRACE is answered with 400"],
    on: ["bun"],
    reason:
      "Bun makes a `Request` of method TRACE, which others refuse to make: the handler answers 405 instead of 400.",
  },
];

/** What takes longest and tells least about a runtime; `--short` leaves it out. */
export function isHeavy(file: string): boolean {
  return heavy.some((path) => file.startsWith(path));
}

const heavy = [
  "test/behaviour/crowds.test.ts",
  "test/behaviour/demo.test.ts",
  "test/behaviour/simulator-cli.test.ts",
  "test/behaviour/webhooks/many.test.ts",
  "test/contract/",
  "test/property/",
];
