import type { RuntimeName } from "./runtimes.js";

/** Test files that do not run on some runtimes. All other files run on all of them. */
export interface NotRun {
  /** Test files, or folders with a slash at the end. */
  readonly paths: readonly string[];
  readonly on: readonly RuntimeName[];
  readonly reason: string;
}

/** Cases that run and fail because the runtime differs. A case that passes must be removed from the list. */
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
    reason: "They test the repository's tools and type declarations; `npm test` runs them.",
  },
  {
    paths: ["test/browser/"],
    on: all,
    reason: "They drive a browser; `npm run test:browser` runs them.",
  },
  {
    paths: ["test/unit/browser/"],
    on: ["bun", "deno", "workerd"],
    reason:
      "`purse-payments/browser` is for browsers: `npm run test:browser` runs it in one, `npm test` on Node with stand-ins.",
  },
  {
    paths: [
      "test/behaviour/fleet/",
      "test/behaviour/webhooks/ioredis.test.ts",
      "test/behaviour/webhooks/redis-faults.test.ts",
      "test/behaviour/webhooks/redis-fleet.test.ts",
    ],
    on: all,
    reason: "They need a Redis server and start Node processes; `npm test` runs them.",
  },
  {
    paths: [
      "test/behaviour/cli-arguments.test.ts",
      "test/behaviour/cli-doctor.test.ts",
      "test/behaviour/cli-json-errors.test.ts",
      "test/behaviour/cli-money.test.ts",
      "test/behaviour/cli-output.test.ts",
      "test/behaviour/cli-redirect.test.ts",
      "test/behaviour/cli-temporary-failures.test.ts",
      "test/behaviour/cli-trigger.test.ts",
      "test/behaviour/cli-webhooks.test.ts",
      "test/behaviour/cli.test.ts",
      "test/behaviour/demo.test.ts",
      "test/behaviour/missing-files.test.ts",
      "test/behaviour/simulator-cli.test.ts",
      "test/examples/",
      "test/shop/",
    ],
    on: ["bun", "deno", "workerd"],
    reason: "They start Node programs: the commands, the demo, the examples and the example shop.",
  },
  {
    paths: ["test/behaviour/undici-faults.test.ts", "test/unit/undici/"],
    on: ["bun", "deno", "workerd"],
    reason: "`purse-payments/undici` is for Node; see below. Do not set the `fetch` option there.",
  },
  {
    paths: ["test/behaviour/undici-recipes.test.ts"],
    on: all,
    reason: "It runs the guide's TypeScript exactly as written; `npm test` runs it.",
  },
  {
    paths: ["test/behaviour/company.test.ts"],
    on: all,
    reason: "It starts Node with separately installed tracers and mocks; `npm test` runs it.",
  },
  {
    paths: ["test/behaviour/connecting/", "test/behaviour/other-fetches.test.ts"],
    on: ["bun", "deno", "workerd"],
    reason:
      "They make Node's connections fail (name lookup, file descriptors) or send requests through node-fetch.",
  },
  {
    paths: ["test/unit/journal/stores.test.ts", "test/unit/webhooks/sql-store.test.ts"],
    on: ["bun", "deno", "workerd"],
    reason: "They run PGlite and libsql, which load as Node packages.",
  },
  {
    paths: ["test/unit/journal/input.test.ts", "test/unit/journal/watch.test.ts"],
    on: ["workerd"],
    reason: "They run libsql, which loads as a Node package.",
  },
  {
    paths: ["test/unit/redirection/expected-session.test.ts"],
    on: ["workerd"],
    reason: "It creates objects of another realm with `node:vm`, which a worker does not have.",
  },
  {
    paths: ["test/behaviour/printed-errors.test.ts", "test/behaviour/self-signed.test.ts"],
    on: ["bun", "deno", "workerd"],
    reason: "They check how Node prints an uncaught error and how it names a rejected certificate.",
  },
  {
    paths: ["test/behaviour/simulator-documented-statuses.test.ts", "test/contract/"],
    on: ["workerd"],
    reason: "They use Prism and Ajv, which compile code at run time; workerd does not allow that.",
  },
  {
    paths: [
      "test/behaviour/crowds.test.ts",
      "test/behaviour/demo-receiver.test.ts",
      "test/behaviour/misdirected.test.ts",
      "test/behaviour/mistakes.test.ts",
      "test/behaviour/observability-example.test.ts",
      "test/behaviour/return-address.test.ts",
      "test/behaviour/simulator-control.test.ts",
      "test/behaviour/simulator-fetch.test.ts",
      "test/behaviour/simulator-host.test.ts",
      "test/behaviour/simulator-webhooks.test.ts",
      "test/behaviour/webhooks/frameworks.test.ts",
      "test/behaviour/webhooks/many.test.ts",
      "test/behaviour/webhooks/receiver.test.ts",
      "test/unit/webhooks/node-promise.test.ts",
      "test/unit/webhooks/node.test.ts",
    ],
    on: ["workerd"],
    reason: "They start `node:http` or `node:net` servers, which a worker cannot do.",
  },
  {
    paths: ["test/runtimes/ended-requests.ts"],
    on: [...node, "bun", "deno"],
    reason: "Only workerd cancels the work of a request when that request ends.",
  },
  {
    paths: ["test/unit/cli/", "test/unit/simulator/triggers.test.ts"],
    on: ["workerd"],
    reason: "They need Node's `parseArgs` and a file of the repository.",
  },
];

export const knownDifferences: readonly KnownDifference[] = [
  {
    file: "test/unit/http/misspelt-options.test.ts",
    cases: ["options, and headers among them, are plain objects > one without a prototype, of another realm"],
    on: ["workerd"],
    reason: "The test creates an object of another realm with `node:vm`, which a worker does not have.",
  },
  {
    file: "test/behaviour/simulator-flow.test.ts",
    cases: ["the simulator over a real port"],
    on: ["workerd"],
    reason: "`simulator.listen()` opens a port with `node:http`. `simulator.fetch` works everywhere.",
  },
  {
    file: "test/behaviour/simulator-faults.test.ts",
    cases: ["a fault over a real port"],
    on: ["workerd"],
    reason: "As above.",
  },
  {
    file: "test/behaviour/simulator-faults.test.ts",
    cases: ['a fault over a real port > {"kind":"drop_'],
    on: ["deno"],
    reason: "The test's own `fetch` calls Deno's, which repeats the request; see below.",
  },
  {
    file: "test/behaviour/simulator-refusals.test.ts",
    cases: ["bodies > refuses more than a mebibyte, with and without a port"],
    on: ["workerd"],
    reason: "As above, for the part that needs a port.",
  },
  {
    file: "test/behaviour/simulator-widget.test.ts",
    cases: ["is served where sessions say, for pages of any shop"],
    on: ["workerd"],
    reason: "The test compiles the widget's script to check it; workerd does not allow that.",
  },
  {
    file: "test/behaviour/webhooks/frameworks.test.ts",
    cases: ["with Fastify 5 with a parser that leaves the stream alone > a body over the limit is refused"],
    on: ["deno"],
    reason: "With this parser the 413 does not arrive; with Fastify's own parser, and with Express, it does.",
  },
  {
    file: "test/unit/money/currencies.test.ts",
    cases: [
      "differs from Intl only where CLDR goes its own way",
      "misses no currency that is in use and known to the runtime",
    ],
    on: ["bun"],
    reason: "Bun's `Intl` knows other currencies. The package's own table is the same on every runtime.",
  },
  {
    file: "test/unit/errors/kinds.test.ts",
    cases: ["a read can end in "],
    on: ["bun"],
    reason:
      "On Bun the first line of `error.stack` says `Error`; `name`, `code` and `String(error)` are right.",
  },
  {
    file: "test/unit/http/odd-answers.test.ts",
    cases: [
      "a capture that is answered with a proxy of Headers is lost",
      "a read that is answered with a proxy of Headers is a connection error",
    ],
    on: ["deno"],
    reason: "Deno's `Headers` work through a proxy, so there the answer is a good one.",
  },
  {
    file: "test/unit/http/stack.test.ts",
    cases: ["awaiting "],
    on: ["bun"],
    reason:
      "Bun's stacks end where the error was created; they do not include the code that awaits the promise.",
  },
  {
    file: "test/unit/webhooks/node.test.ts",
    cases: ["TRACE is answered with 400"],
    on: ["bun"],
    reason:
      "Bun can construct a TRACE `Request`, which others refuse; the handler then answers 405 instead of 400.",
  },
];

/** Skipped by `--short`: slow tests, and tests unrelated to sending requests and judging responses. */
export function isLeftOutOfShort(file: string): boolean {
  return leftOut.some((path) => file.startsWith(path));
}

const leftOut = [
  "test/behaviour/cli",
  "test/behaviour/crowds.test.ts",
  "test/behaviour/demo",
  "test/behaviour/missing-files.test.ts",
  "test/behaviour/undici-faults.test.ts",
  "test/behaviour/other-fetches.test.ts",
  "test/behaviour/simulator-",
  "test/behaviour/webhooks/frameworks.test.ts",
  "test/behaviour/webhooks/many.test.ts",
  "test/contract/",
  "test/examples/",
  "test/property/",
  "test/shop/",
  "test/unit/cli/",
  "test/unit/money/",
  "test/unit/undici/",
  "test/unit/simulator/",
];
