import { CompactSign } from "jose/jws/compact/sign";
import { exportJWK } from "jose/key/export";
import { generateKeyPair } from "jose/key/generate/keypair";
import { importJWK } from "jose/key/import";
import type { JWK } from "jose";
import type { PurseJsonWebKey, RedirectionClaims } from "../../generated/schema.js";
import type { SimulatorClock } from "./clock.js";
import type { Random } from "./random.js";
import type { SimulatorState } from "./state.js";

const algorithm = "RS256";
const latestKidDigits = 15;

/** A signing key as data, its private half included: it protects nothing but a simulator. */
export interface SigningKeyRecord {
  /** As the key set shows it: the documentation has it as a number once and as a text once. */
  readonly kid: string | number;
  readonly privateKey: JWK;
  /** When it leaves the key set, in milliseconds since 1970; absent while it signs. */
  retiresAtMs?: number;
}

/** How the signing key is replaced. */
export interface KeyRotation {
  /** Id of the new key. A number is shown as a number in the key set, and as text in signed tokens. Default: a UUID. */
  readonly kid?: string | number;
  /** How long the old key stays in the key set. Default 86 400 000, a day; 0 takes it out at once. */
  readonly retireAfterMs?: number;
}

/** As the spec has it, except that a key set of the documentation's first sample has a number. */
interface ShownKeySet {
  readonly keys: readonly (Omit<PurseJsonWebKey, "kid"> & { readonly kid: string | number })[];
}

export interface SigningKeys {
  /** What the key set endpoint answers. */
  list(): Promise<ShownKeySet>;
  /** The signed token that goes along when the shopper is sent back. */
  sign(claims: RedirectionClaims): Promise<string>;
  /** @throws `TypeError` when the rotation cannot be: it says why. */
  rotate(rotation?: KeyRotation): Promise<{ kid: string | number }>;
}

interface SigningKeysOptions {
  readonly state: SimulatorState;
  readonly clock: SimulatorClock;
  readonly random: Random;
}

/** The newest key signs; older ones stay in the set for a while. */
export function createSigningKeys({ state, clock, random }: SigningKeysOptions): SigningKeys {
  let generating: Promise<SigningKeyRecord> | undefined;

  async function current(): Promise<SigningKeyRecord> {
    const newest = state.signingKeys.at(-1);
    if (newest !== undefined) return newest;
    // Callers at the same time share one key.
    generating ??= generate(random.uuid()).then((key) => {
      state.signingKeys.push(key);
      generating = undefined;
      return key;
    });
    return generating;
  }

  return {
    async list() {
      await current();
      const nowMs = clock.nowMs();
      const shown = state.signingKeys.filter(({ retiresAtMs = Infinity }) => retiresAtMs > nowMs);
      return { keys: shown.map(toPublicKey) };
    },
    async sign(claims) {
      const { kid, privateKey } = await current();
      const payload = new TextEncoder().encode(JSON.stringify(claims));
      return new CompactSign(payload)
        .setProtectedHeader({ alg: algorithm, kid: String(kid) })
        .sign(await importJWK(privateKey, algorithm));
    },
    async rotate({ kid = random.uuid(), retireAfterMs = 86_400_000 } = {}) {
      checkRotation(state, kid, retireAfterMs);
      const old = await current();
      const key = await generate(kid);
      old.retiresAtMs = clock.nowMs() + retireAfterMs;
      state.signingKeys.push(key);
      return { kid };
    },
  };
}

/** Callers of JavaScript, and of the control API, can pass anything. */
function checkRotation({ signingKeys }: SimulatorState, kid: unknown, retireAfterMs: unknown): void {
  const isText = typeof kid === "string" && kid !== "" && kid.length <= 255;
  const isNumber = Number.isSafeInteger(kid) && Number(kid) >= 0 && String(kid).length <= latestKidDigits;
  if (!isText && !isNumber) {
    throw new TypeError("kid has to be a text of 1 to 255 characters or an integer from 0 on.");
  }
  if (signingKeys.some((key) => String(key.kid) === String(kid))) {
    throw new TypeError("kid is the id of a key that there already is; choose another.");
  }
  if (typeof retireAfterMs !== "number" || !(retireAfterMs >= 0) || !Number.isFinite(retireAfterMs)) {
    throw new TypeError("retireAfterMs has to be a number of milliseconds from 0 on.");
  }
}

async function generate(kid: string | number): Promise<SigningKeyRecord> {
  const options = { modulusLength: 2048, extractable: true };
  const { privateKey } = await generateKeyPair(algorithm, options);
  return { kid, privateKey: await exportJWK(privateKey) };
}

function toPublicKey({ kid, privateKey }: SigningKeyRecord): ShownKeySet["keys"][number] {
  const { kty, e, n } = privateKey;
  if (kty === undefined || e === undefined || n === undefined) throw new Error("not an RSA key");
  return { kty, e, n, kid };
}
