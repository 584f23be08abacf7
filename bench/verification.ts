import { parseArgs } from "node:util";
import { compactVerify, createLocalJWKSet, CompactSign, exportJWK, generateKeyPair } from "jose";
import { createRedirectionVerifier } from "../src/redirection/index.js";

const budget = 1.15;

const help = `Measures what verifying a redirection costs over bare jose: compactVerify with createLocalJWKSet. Both check the same
bare token with warm keys, one at a time, in this process, in short interleaved rounds. Prints the median of the
rounds' ratios, between the quartiles.

  npx tsx bench/verification.ts              print the ratio
  npx tsx bench/verification.ts --check      exit with 1 if it is above the budget of ${String(budget)}
  npx tsx bench/verification.ts --rounds 99  more rounds (default 41)

jose only checks the signature; the package also checks claims, validity period and encoding.
`;

const callsARound = 200;

async function measureMicroseconds(verify: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let call = 0; call < callsARound; call++) await verify();
  return ((performance.now() - startedAt) * 1000) / callsARound;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

async function makeVerifications(): Promise<Record<"ours" | "jose", () => Promise<unknown>>> {
  const kid = crypto.randomUUID();
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const { n = "", e = "" } = await exportJWK(publicKey);
  const keys = [{ kty: "RSA", kid, n, e }];
  const claims = {
    client_session_id: crypto.randomUUID(),
    client_session_status: "COMPLETED",
    payment_id: crypto.randomUUID(),
    authorization_status: "AUTHORIZED",
  };
  const token = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ kid, alg: "RS256" })
    .sign(privateKey);
  const verifier = createRedirectionVerifier({ keys: { keys } });
  const keySet = createLocalJWKSet({ keys });
  return { ours: () => verifier.verify(token), jose: () => compactVerify(token, keySet) };
}

async function measure(rounds: number): Promise<number> {
  const { ours, jose } = await makeVerifications();
  for (let round = 0; round < 5; round++) await measureMicroseconds(round % 2 === 0 ? ours : jose);
  const measured = { ours: [] as number[], jose: [] as number[], ratio: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    // The second finds a warmer machine, so they alternate.
    const first = round % 2 === 0 ? ours : jose;
    const [one, two] = [
      await measureMicroseconds(first),
      await measureMicroseconds(first === ours ? jose : ours),
    ];
    const [oursUs, joseUs] = first === ours ? [one, two] : [two, one];
    measured.ours.push(oursUs);
    measured.jose.push(joseUs);
    measured.ratio.push(oursUs / joseUs);
  }
  const ratios = ascending(measured.ratio);
  const median = quantile(ratios, 0.5);
  const [low, high] = [quantile(ratios, 0.25), quantile(ratios, 0.75)];
  console.log(`ours  ${quantile(ascending(measured.ours), 0.5).toFixed(1)} µs per token`);
  console.log(`jose  ${quantile(ascending(measured.jose), 0.5).toFixed(1)} µs per token`);
  console.log(
    `ratio ${median.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}), budget ${String(budget)}`,
  );
  return median;
}

const { values } = parseArgs({
  options: {
    check: { type: "boolean" },
    rounds: { type: "string", default: "41" },
    help: { type: "boolean" },
  },
});
if (values.help === true) {
  console.log(help);
} else {
  const ratio = await measure(Number(values.rounds));
  process.exitCode = values.check === true && ratio > budget ? 1 : 0;
}
