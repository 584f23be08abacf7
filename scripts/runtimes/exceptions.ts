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
    paths: ["test/browser/"],
    on: all,
    reason: "They drive a browser against the example shop; `npm test` runs them.",
  },
  {
    paths: [
      "test/behaviour/fleet/",
      "test/behaviour/webhooks/ioredis.test.ts",
      "test/behaviour/webhooks/redis-faults.test.ts",
      "test/behaviour/webhooks/redis-fleet.test.ts",
    ],
    on: all,
    reason:
      "They need a Redis server, and members of a fleet that are processes of Node; `npm test` runs them.",
  },
  {
    paths: [
      "test/behaviour/cli-arguments.test.ts",
      "test/behaviour/cli-doctor.test.ts",
      "test/behaviour/cli-json-errors.test.ts",
      "test/behaviour/cli-money.test.ts",
      "test/behaviour/cli-output.test.ts",
      "test/behaviour/cli-redirect.test.ts",
      "test/behaviour/cli-webhooks.test.ts",
      "test/behaviour/cli.test.ts",
      "test/behaviour/demo.test.ts",
      "test/behaviour/missing-files.test.ts",
      "test/behaviour/simulator-cli.test.ts",
      "test/examples/",
      "test/shop/",
    ],
    on: ["bun", "deno", "workerd"],
    reason: "They start programs for Node: the commands, the demo, the examples and the example shop.",
  },
  {
    paths: ["test/behaviour/undici-faults.test.ts", "test/unit/undici/"],
    on: ["bun", "deno", "workerd"],
    reason: "`purse-payments/undici` is for Node; see below. There, leave the `fetch` option away.",
  },
  {
    paths: ["test/behaviour/undici-recipes.test.ts"],
    on: all,
    reason: "It runs the guide's TypeScript as it is written there; `npm test` does so on Node 20.",
  },
  {
    paths: ["test/behaviour/company.test.ts"],
    on: all,
    reason: "It starts Node with tracers and mocks that are installed apart; `npm test` runs it on Node 20.",
  },
  {
    paths: ["test/behaviour/connecting/", "test/behaviour/other-fetches.test.ts"],
    on: ["bun", "deno", "workerd"],
    reason:
      "They make Node's own connections fail, by its name lookup and its file descriptors, or send requests over node-fetch.",
  },
  {
    paths: ["test/unit/journal/stores.test.ts", "test/unit/webhooks/sql-store.test.ts"],
    on: ["bun", "deno", "workerd"],
    reason: "They run PGlite and libsql, databases that are loaded as Node packages.",
  },
  {
    paths: ["test/unit/journal/input.test.ts", "test/unit/journal/watch.test.ts"],
    on: ["workerd"],
    reason: "They run libsql, a database that is loaded as a Node package.",
  },
  {
    paths: ["test/unit/redirection/expected-session.test.ts"],
    on: ["workerd"],
    reason: "It makes objects of another realm with `node:vm`, which a worker does not have.",
  },
  {
    paths: ["test/behaviour/printed-errors.test.ts", "test/behaviour/self-signed.test.ts"],
    on: ["bun", "deno", "workerd"],
    reason:
      "They show how Node prints an error that is not caught, and how it names a certificate that it refuses.",
  },
  {
    paths: ["test/behaviour/simulator-documented-statuses.test.ts", "test/contract/"],
    on: ["workerd"],
    reason: "They ask Prism and Ajv, which compile code as they run; a worker compiles none.",
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
    reason: "They start servers of `node:http` or `node:net`, which a worker cannot.",
  },
  {
    paths: ["test/runtimes/ended-requests.ts"],
    on: [...node, "bun", "deno"],
    reason: "Only workerd ends what a request began when that request ends.",
  },
  {
    paths: ["test/unit/cli/", "test/unit/simulator/triggers.test.ts"],
    on: ["workerd"],
    reason: "They need `parseArgs` of Node, and a file of the repository.",
  },
];

export const knownDifferences: readonly KnownDifference[] = [
  {
    file: "test/unit/http/misspelt-options.test.ts",
    cases: ["options, and headers among them, are plain objects > one without a prototype, of another realm"],
    on: ["workerd"],
    reason: "The test makes an object of another realm with `node:vm`, which a worker does not have.",
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
    reason: "The half of it that needs a port, as above.",
  },
  {
    file: "test/behaviour/simulator-widget.test.ts",
    cases: ["is served where sessions say, for pages of any shop"],
    on: ["workerd"],
    reason: "The test compiles the widget's script to check it; a worker compiles no code.",
  },
  {
    file: "test/behaviour/webhooks/frameworks.test.ts",
    cases: ["with Fastify 5 with a parser that leaves the stream alone > a body over the limit is refused"],
    on: ["deno"],
    reason: "With this parser the refusal does not arrive; with Fastify's own, and with Express, it does.",
  },
  {
    file: "test/unit/money/currencies.test.ts",
    cases: [
      "differs from Intl only where CLDR goes its own way",
      "misses no currency that is in use and known to the runtime",
    ],
    on: ["bun"],
    reason:
      "Bun's `Intl` knows other currencies. The package's table does not come from there, and is the same.",
  },
  {
    file: "test/unit/errors/kinds.test.ts",
    cases: ["a read can end in "],
    on: ["bun"],
    reason:
      "The first line of `error.stack` says `Error` there; `name`, `code` and `String(error)` are right.",
  },
  {
    file: "test/unit/http/stack.test.ts",
    cases: ["awaiting "],
    on: ["bun"],
    reason:
      "Bun's stacks end where the error was made: they do not follow promises to the code that awaits them.",
  },
  {
    file: "test/unit/webhooks/node.test.ts",
    cases: ["TRACE is answered with 400"],
    on: ["bun"],
    reason:
      "Bun makes a `Request` of method TRACE, which others refuse to make: the handler answers 405 instead of 400.",
  },
];

/** What takes long, or is far from sending requests and believing answers; `--short` leaves it out. */
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
