import type { JWK } from "jose";
import type { SigningKeyRecord } from "./records.js";
import { CompactSign } from "jose/jws/compact/sign";
import { exportJWK } from "jose/key/export";
import { generateKeyPair } from "jose/key/generate/keypair";
import { importJWK } from "jose/key/import";
import type { RedirectionClaims, PurseJsonWebKey } from "../../../generated/schema.js";
import type { SimulatorClock } from "./clock.js";
import type { Random } from "./random.js";
import type { SimulatorState } from "./state.js";

const algorithm = "RS256";
const maxKidDigits = 15;

/** Options of a key rotation. */
export interface KeyRotation {
  /** Id of the new key. A number stays a number in the key set and becomes a string in signed tokens. Default: a UUID. */
  readonly kid?: string | number;
  /** How long the old key stays in the key set. Default 86 400 000 (a day); 0 removes it immediately. */
  readonly retireAfterMs?: number;
}

/** As the spec has it, except that a key set of the documentation's first sample has a number. */
interface ShownKeySet {
  readonly keys: readonly (Omit<PurseJsonWebKey, "kid"> & { readonly kid: string | number })[];
}

export interface SigningKeys {
  /** The key set, as its endpoint returns it. */
  list(): Promise<ShownKeySet>;
  /** Signs the token of a redirect. */
  sign(claims: RedirectionClaims): Promise<string>;
  /** @throws `TypeError` when an option is invalid. */
  rotate(rotation?: KeyRotation): Promise<{ kid: string | number }>;
}

interface SigningKeysOptions {
  readonly state: SimulatorState;
  readonly clock: SimulatorClock;
  readonly random: Random;
  /** Whether the first key may be {@link sharedPrivateKey}; its id is the simulator's own in any case. */
  readonly mayShareFirstKey: boolean;
}

/** The newest key signs; older ones stay in the set until they retire. */
export function createSigningKeys({
  state,
  clock,
  random,
  mayShareFirstKey,
}: SigningKeysOptions): SigningKeys {
  let generating: Promise<SigningKeyRecord> | undefined;

  async function current(): Promise<SigningKeyRecord> {
    const newest = state.signingKeys.at(-1);
    if (newest !== undefined) return newest;
    // Concurrent callers share one key.
    generating ??= createFirst().finally(() => {
      generating = undefined;
    });
    return generating;
  }

  async function createFirst(): Promise<SigningKeyRecord> {
    const kid = random.uuid();
    const privateKey = await (mayShareFirstKey ? sharedPrivateKey() : generatePrivateKey());
    // A copy, so that no simulator holds an object of another.
    const key: SigningKeyRecord = { kid, privateKey: { ...privateKey } };
    state.signingKeys.push(key);
    return key;
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
      const privateKey = await generatePrivateKey();
      old.retiresAtMs = clock.nowMs() + retireAfterMs;
      state.signingKeys.push({ kid, privateKey });
      return { kid };
    },
  };
}

/** Callers in JavaScript and of the control API can pass anything. */
function checkRotation({ signingKeys }: SimulatorState, kid: unknown, retireAfterMs: unknown): void {
  const isText = typeof kid === "string" && kid !== "" && kid.length <= 255;
  const isNumber = Number.isSafeInteger(kid) && Number(kid) >= 0 && String(kid).length <= maxKidDigits;
  if (!isText && !isNumber) {
    throw new TypeError("kid must be a string of 1 to 255 characters or an integer of at least 0.");
  }
  if (signingKeys.some((key) => String(key.kid) === String(kid))) {
    throw new TypeError("kid is already in use; choose another.");
  }
  if (typeof retireAfterMs !== "number" || !(retireAfterMs >= 0) || !Number.isFinite(retireAfterMs)) {
    throw new TypeError("retireAfterMs must be a number of at least 0, in milliseconds.");
  }
}

async function generatePrivateKey(): Promise<JWK> {
  const options = { modulusLength: 2048, extractable: true };
  const { privateKey } = await generateKeyPair(algorithm, options);
  return exportJWK(privateKey);
}

let shared: Promise<JWK> | undefined;

/**
 * One key for all simulators of this process that did not ask for their own, because generating one takes about 200 ms.
 * Each publishes it under its own id, so that a token of one simulator is refused by the others.
 */
function sharedPrivateKey(): Promise<JWK> {
  shared ??= generatePrivateKey().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

function toPublicKey({ kid, privateKey }: SigningKeyRecord): ShownKeySet["keys"][number] {
  const { kty, e, n } = privateKey;
  if (kty === undefined || e === undefined || n === undefined) throw new Error("not an RSA key");
  return { kty, e, n, kid };
}
