import { createServer, type Server } from "node:http";
import { parseArgs } from "node:util";
import { compactVerify, createRemoteJWKSet } from "jose";
import { createRedirectionVerifier } from "../src/redirection/index.js";
import { allCases } from "../test/security/cases/all-cases.js";
import type { Attack, AttackCase } from "../test/security/cases/attack-case.js";
import { outcomeOf } from "../test/security/cases/run-case.js";

const help = `Runs the attack suite against this package's redirection verifier and against bare jose: compactVerify with
createRemoteJWKSet and no options, each fetching the key set from a server on loopback. Prints a table by group, and
every case in which bare jose accepts what must be refused or refuses what must be accepted.

  npx tsx scripts/compare-jws.ts

jose is handed tokens only: cases about addresses are not put to it ("-"). It does not promise to read claims, sizes or
validity periods either; that it accepts such tokens shows what is left to its caller, not a fault of jose.
Exit code: 0 if this package is right in every case, 1 if not.
`;

interface Comparison {
  readonly attack: AttackCase;
  readonly isOursRight: boolean;
  /** Nothing where the case is not about a token. */
  readonly joseAccepts: boolean | undefined;
}

interface KeyServer {
  /** Serves a key set, and gives its address. */
  serve(keys: readonly unknown[]): URL;
  close(): Promise<void>;
}

async function startKeyServer(): Promise<KeyServer> {
  const sets: string[] = [];
  const server: Server = createServer(({ url = "" }, response) => {
    response.setHeader("content-type", "application/json");
    response.end(sets[Number(url.slice(1))]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the key server has no port");
  const origin = `http://127.0.0.1:${String(address.port)}`;
  return {
    serve: (keys) => new URL(`/${String(sets.push(JSON.stringify({ keys })) - 1)}`, origin),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function joseAccepts(attack: Attack, jwksUrl: URL): Promise<boolean | undefined> {
  if (!("token" in attack)) return undefined;
  try {
    await compactVerify(attack.token, createRemoteJWKSet(jwksUrl));
    return true;
  } catch {
    return false;
  }
}

async function compare(attackCase: AttackCase, server: KeyServer): Promise<Comparison> {
  const attack = await attackCase.make();
  const jwksUrl = server.serve(attack.keys);
  const outcome = await outcomeOf(attack, createRedirectionVerifier({ jwksUrl }));
  return {
    attack: attackCase,
    isOursRight: outcome === attackCase.expected,
    joseAccepts: await joseAccepts(attack, jwksUrl),
  };
}

function isJoseRight({ attack, joseAccepts }: Comparison): boolean {
  return joseAccepts === (attack.expected === "accept");
}

function printRow(cells: readonly [string, ...(string | number)[]]): void {
  const [first, ...others] = cells;
  console.log(first.padEnd(38) + others.map((cell) => String(cell).padStart(9)).join(""));
}

function printGroup(name: string, comparisons: readonly Comparison[]): void {
  const put = comparisons.filter(({ joseAccepts }) => joseAccepts !== undefined);
  const accepted = comparisons.filter(({ attack }) => attack.expected === "accept").length;
  const ours = comparisons.filter(({ isOursRight }) => isOursRight).length;
  const jose = put.length === 0 ? "-" : `${String(put.filter(isJoseRight).length)}/${String(put.length)}`;
  printRow([name, comparisons.length, accepted, comparisons.length - accepted, ours, jose]);
}

function printWrong(title: string, comparisons: readonly Comparison[]): void {
  console.log(`\n${title}: ${String(comparisons.length)}`);
  for (const { attack } of comparisons) console.log(`  ${attack.group}: ${attack.name} (${attack.expected})`);
}

async function main(): Promise<number> {
  const server = await startKeyServer();
  const comparisons: Comparison[] = [];
  try {
    for (const attackCase of allCases) comparisons.push(await compare(attackCase, server));
  } finally {
    await server.close();
  }
  printRow(["group", "cases", "accept", "refuse", "ours", "jose"]);
  for (const group of new Set(allCases.map((attack) => attack.group))) {
    printGroup(
      group,
      comparisons.filter(({ attack }) => attack.group === group),
    );
  }
  printGroup("all", comparisons);
  const joseWrong = comparisons.filter((one) => one.joseAccepts !== undefined && !isJoseRight(one));
  const oursWrong = comparisons.filter(({ isOursRight }) => !isOursRight);
  printWrong(
    "bare jose accepts what must be refused",
    joseWrong.filter(({ joseAccepts }) => joseAccepts === true),
  );
  printWrong(
    "bare jose refuses what must be accepted",
    joseWrong.filter(({ joseAccepts }) => joseAccepts === false),
  );
  printWrong("this package is wrong", oursWrong);
  return oursWrong.length === 0 ? 0 : 1;
}

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(help);
} else {
  process.exitCode = await main();
}
