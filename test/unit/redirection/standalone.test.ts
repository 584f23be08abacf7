import { beforeAll, expect, test } from "vitest";
import type { PurseJsonWebKeySet } from "../../../generated/schema.js";
import { PurseConfigurationError } from "../../../src/errors/configuration-error.js";
import { PurseRedirectionError } from "../../../src/errors/redirection-error.js";
import { createRedirectionVerifier } from "../../../src/redirection/index.js";
import { createStandaloneVerifier } from "../../../src/redirection/standalone.js";
import { failureAs, thrownBy } from "../../support/failures.js";
import { manualClock, settle } from "../../support/manual-clock.js";
import { goodClaims, signingKey, signToken, type SigningKey } from "../../support/signed-tokens.js";
import { answers, hangs, stubFetch, type Step, type StubFetch } from "../../support/stub-fetch.js";

const jwksUrl = "https://purse.test/payment/v2/signing-jwks";
let key: SigningKey;
let token: string;

beforeAll(async () => {
  key = await signingKey("key-1");
  token = await signToken(key);
});

const keySet = (): PurseJsonWebKeySet => ({ keys: [key.entry] });
const listsKeys = (): Step => answers(200, keySet());

async function reasonWith({ fetch }: StubFetch): Promise<string> {
  const verifier = createRedirectionVerifier({ jwksUrl, fetch });
  return (await failureAs(PurseRedirectionError, verifier.verify(token))).reason;
}

test("with given keys nothing is fetched", async () => {
  const { fetch, sent } = stubFetch([]);
  const verifier = createRedirectionVerifier({ keys: keySet(), fetch });
  expect(await verifier.verify(token, { clientSessionId: "session-1" })).toEqual(goodClaims);
  const stranger = await signToken(key, goodClaims, { kid: "stranger" });
  expect((await failureAs(PurseRedirectionError, verifier.verify(stranger))).reason).toBe("key_unknown");
  expect(sent).toHaveLength(0);
});

test("unusable keys are unavailable, at every call", async () => {
  const verifier = createRedirectionVerifier({ keys: { keys: [] } });
  for (let call = 0; call < 2; call++)
    expect((await failureAs(PurseRedirectionError, verifier.verify(token))).reason).toBe("keys_unavailable");
});

test("the key set is fetched from its URL without credentials or redirects", async () => {
  const { fetch, sent } = stubFetch([listsKeys()]);
  expect(await createRedirectionVerifier({ jwksUrl: new URL(jwksUrl), fetch }).verify(token)).toEqual(
    goodClaims,
  );
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ url: jwksUrl, method: "GET", body: undefined, redirect: "manual" });
  expect([...(sent[0]?.headers.keys() ?? [])]).toEqual(["accept"]);
});

test("nothing is fetched before the first verification, or for malformed tokens", async () => {
  const { fetch, sent } = stubFetch([]);
  await failureAs(PurseRedirectionError, createRedirectionVerifier({ jwksUrl, fetch }).verify("?x=1"));
  expect(sent).toHaveLength(0);
});

test.each([302, 401, 403, 404, 500])(
  "an answer with %d is not a key set, and is not retried",
  async (status) => {
    const stub = stubFetch([answers(status, keySet()), listsKeys()]);
    expect(await reasonWith(stub)).toBe("keys_unavailable");
    expect(stub.sent).toHaveLength(1);
  },
);

test("a key set is limited to 256 KiB", async () => {
  const filled = (bytes: number): Step => {
    const { length } = JSON.stringify({ ...keySet(), padding: "" });
    return answers(200, { ...keySet(), padding: "x".repeat(bytes - length) });
  };
  const largest = 256 * 1024;
  const { fetch } = stubFetch([filled(largest)]);
  expect(await createRedirectionVerifier({ jwksUrl, fetch }).verify(token)).toEqual(goodClaims);
  expect(await reasonWith(stubFetch([filled(largest + 1)]))).toBe("keys_unavailable");
});

test.each([
  [undefined, 5000],
  [200, 200],
])("with timeoutMs %s it times out after %d ms", async (timeoutMs, waitedMs) => {
  const clock = manualClock();
  const { fetch, sent } = stubFetch([hangs()]);
  const call = createStandaloneVerifier({ jwksUrl, fetch, timeoutMs }, clock).verify(token);
  const failure = failureAs(PurseRedirectionError, call);
  await settle();
  expect(clock.nextTimerInMs()).toBe(waitedMs);
  await clock.advance(waitedMs);
  expect((await failure).reason).toBe("keys_unavailable");
  expect(sent[0]?.signal?.aborted).toBe(true);
});

test.each([
  "http://127.0.0.1:4010/keys",
  "http://localhost/keys",
  "http://[::1]:1/keys",
  "https://purse.test/keys?tenant=1",
])("%s is accepted as jwksUrl", async (address) => {
  const { fetch, sent } = stubFetch([listsKeys()]);
  await createRedirectionVerifier({ jwksUrl: address, fetch }).verify(token);
  expect(sent[0]?.url).toBe(address);
});

test("plain http to other hosts requires allowInsecureHttp, and never reaches production", async () => {
  const { fetch } = stubFetch([listsKeys()]);
  const open = { allowInsecureHttp: true, fetch };
  const verifier = createRedirectionVerifier({ jwksUrl: "http://gateway.test/keys", ...open });
  expect(await verifier.verify(token)).toEqual(goodClaims);
  const production = { jwksUrl: "http://api.purse-live.com/payment/v2/signing-jwks", ...open };
  expect(thrownBy(() => createRedirectionVerifier(production))).toBeInstanceOf(PurseConfigurationError);
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["neither keys nor address", {}],
  ["both keys and address", { jwksUrl, keys: { keys: [] } }],
  ["keys that are an array", { keys: [] }],
  ["keys that are a string", { keys: "{}" }],
  ["null for keys", { keys: null }],
  ["a key set whose keys are not an array", { keys: { keys: {} } }],
  ["plain http", { jwksUrl: "http://purse.test/keys" }],
  ["an address that only looks like loopback", { jwksUrl: "http://127.0.0.1.evil.example/keys" }],
  ["another scheme", { jwksUrl: "file:///keys" }],
  ["a relative address", { jwksUrl: "/keys" }],
  ["an empty address", { jwksUrl: "" }],
  ["a password in the address", { jwksUrl: "https://user:secret@purse.test/keys" }],
  ["a line break in the address", { jwksUrl: "https://purse.test/\nkeys" }],
  ["a number for the address", { jwksUrl: 5 }],
  ["a fetch that is not a function", { jwksUrl, fetch: "fetch" }],
  ["a timeout of 0", { jwksUrl, timeoutMs: 0 }],
  ["an unknown option", { jwksUrl, timeout: 100 }],
  ["a misspelt option without a value", { jwksUrl, jwks: undefined }],
  ["a URL in place of the options", new URL(jwksUrl)],
  ["an array", [jwksUrl]],
  ["a Map", new Map([["jwksUrl", jwksUrl]])],
  ["an infinite timeout", { jwksUrl, timeoutMs: Infinity }],
])("%s is refused when the verifier is created", (_, options) => {
  const error = thrownBy(() => createStandaloneVerifier(options, manualClock()));
  expect(error).toBeInstanceOf(PurseConfigurationError);
  expect(String(error)).not.toContain("secret");
});

test("works in a browser, because it needs no secret", async () => {
  const page = { window: {}, document: {} };
  Object.assign(globalThis, page);
  try {
    expect(await createRedirectionVerifier({ keys: keySet() }).verify(token)).toEqual(goodClaims);
  } finally {
    for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name);
  }
});
