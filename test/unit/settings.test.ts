import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Purse } from "../../src/client.js";
import { PurseConfigurationError } from "../../src/errors/configuration-error.js";
import { runtimeFetch } from "../../src/http/runtime-fetch.js";
import { readSettings } from "../../src/settings.js";
import { thrownBy } from "../support/failures.js";

const variables = [
  "PURSE_ENVIRONMENT",
  "PURSE_BASE_URL",
  "PURSE_TOKEN_URL",
  "PURSE_CLIENT_ID",
  "PURSE_CLIENT_SECRET",
  "PURSE_API_KEY",
  "PURSE_ENTITY_ID",
] as const;

const credentials = { clientId: "id", clientSecret: "planted-secret" };
const base = { ...credentials, baseUrl: "https://purse.test" };

beforeEach(() => {
  for (const name of variables) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

function refusalOf(options: unknown): string {
  const error = thrownBy(() => readSettings(options));
  expect(error).toBeInstanceOf(PurseConfigurationError);
  const { message } = error as PurseConfigurationError;
  expect(message).not.toContain("planted-secret");
  return message;
}

const baseUrlOf = (baseUrl: string): string => readSettings({ ...base, baseUrl }).baseUrl;

test("the constructor checks its options and sends nothing", () => {
  const fetch = vi.fn<typeof globalThis.fetch>();
  expect(new Purse({ ...base, fetch }).payments).toBeDefined();
  expect(fetch).not.toHaveBeenCalled();
  expect(() => new Purse({ ...base, baseUrl: "" })).toThrow(PurseConfigurationError);
});

test("the defaults are those of the documentation", () => {
  expect(readSettings(base)).toMatchObject({
    baseUrl: "https://purse.test",
    tokenUrl: "https://purse.test/oauth/token",
    clientAuthentication: "basic",
    apiKey: undefined,
    entityId: undefined,
    limits: { timeoutMs: 30_000, deadlineMs: 90_000, maxRetries: 2 },
  });
});

test.each([[null], ["sandbox"], [5]])("options given as %j are refused", (options) => {
  expect(refusalOf(options)).toMatch(/^options /);
});

test.each([
  ["sandbox", "https://api.purse-sandbox.com"],
  ["production", "https://api.purse-live.com"],
] as const)("the environment %s has its own address", (environment, baseUrl) => {
  expect(readSettings({ ...credentials, environment })).toMatchObject({
    baseUrl,
    tokenUrl: `${baseUrl}/oauth/token`,
  });
});

test.each([["staging"], ["SANDBOX"], [""], ["toString"], ["__proto__"], [null], [5]])(
  "the environment %j is refused",
  (environment) => {
    expect(refusalOf({ ...credentials, environment })).toMatch(/^environment /);
  },
);

test("neither and both of environment and base URL are refused", () => {
  expect(refusalOf(credentials)).toMatch(/^environment /);
  expect(refusalOf({ ...base, environment: "sandbox" })).toMatch(
    /^environment and baseUrl exclude each other/,
  );
  vi.stubEnv("PURSE_ENVIRONMENT", "sandbox");
  vi.stubEnv("PURSE_BASE_URL", "https://purse.test");
  expect(refusalOf(credentials)).toMatch(/^PURSE_ENVIRONMENT and PURSE_BASE_URL exclude each other/);
});

test("a base URL's path is kept as a prefix, and trailing slashes are dropped", () => {
  expect(baseUrlOf("https://gateway.example/purse/")).toBe("https://gateway.example/purse");
  expect(baseUrlOf("https://gateway.example:8443/a/b///")).toBe("https://gateway.example:8443/a/b");
  expect(baseUrlOf("https://gateway.example/")).toBe("https://gateway.example");
  expect(readSettings({ ...base, baseUrl: "https://gateway.example/purse/" }).tokenUrl).toBe(
    "https://gateway.example/purse/oauth/token",
  );
});

test.each([
  ["a query", "https://purse.test/?x=1"],
  ["a fragment", "https://purse.test/#x"],
  ["a user name", "https://planted-secret@purse.test"],
  ["a password", "https://user:planted-secret@purse.test"],
  ["no scheme", "purse.test"],
  ["a relative address", "/payment"],
  ["another scheme", "ftp://purse.test"],
  ["file:", "file:///etc/passwd"],
  ["javascript:", "javascript:alert(1)"],
  ["a line break", "https://purse.test\n"],
  ["a tab in its host", "https://pur\tse.test"],
  ["nothing", ""],
  ["null", null],
  ["a number", 5],
  ["a URL object", new URL("https://purse.test")],
])("a base URL with %s is refused", (_, baseUrl) => {
  expect(refusalOf({ ...credentials, baseUrl })).toMatch(/^baseUrl /);
});

test.each([
  "http://127.0.0.1:4010",
  "http://127.0.0.2",
  "http://127.255.255.254",
  "http://127.1",
  "http://[::1]:4010",
  "http://localhost:4010",
  "http://LOCALHOST",
])("http: is accepted on loopback: %s", (baseUrl) => {
  expect(readSettings({ ...base, baseUrl }).baseUrl).toMatch(/^http:/);
});

test.each([
  "http://purse.test",
  "http://127.0.0.1.evil.example",
  "http://localhost.evil.example",
  "http://evil-localhost",
  "http://127.evil.example",
  "http://128.0.0.1",
  "http://0.0.0.0",
  "http://10.0.0.1",
  "http://[::2]",
  "http://[::ffff:10.0.0.1]",
])("http: is refused elsewhere: %s", (address) => {
  expect(refusalOf({ ...base, baseUrl: address })).toMatch(/^baseUrl /);
  expect(refusalOf({ ...base, tokenUrl: `${address}/token` })).toMatch(/^tokenUrl /);
  expect(readSettings({ ...base, baseUrl: address, allowInsecureHttp: true }).baseUrl).toBe(
    new URL(address).origin,
  );
});

test.each([["yes"], [1], ["true"], [null]])(
  "allowInsecureHttp: %j does not allow it",
  (allowInsecureHttp) => {
    expect(refusalOf({ ...base, baseUrl: "http://purse.test", allowInsecureHttp })).toMatch(/^baseUrl /);
  },
);

test.each([
  { environment: "production" },
  { baseUrl: "https://api.purse-live.com" },
  { baseUrl: "http://api.purse-live.com" },
  { baseUrl: "http://API.purse-live.com:8080/prefix" },
  { baseUrl: "http://gateway.test", tokenUrl: "http://api.purse-live.com/oauth/token" },
])("production refuses allowInsecureHttp: %j", (where) => {
  expect(refusalOf({ ...credentials, ...where, allowInsecureHttp: true })).toMatch(/^allowInsecureHttp /);
});

test.each([
  ["user info", "https://user:planted-secret@id.test/token"],
  ["no scheme", "id.test/token"],
  ["a line break", "https://id.test/token\n"],
  ["nothing", ""],
  ["null", null],
])("a token URL with %s is refused", (_, tokenUrl) => {
  expect(refusalOf({ ...base, tokenUrl })).toMatch(/^tokenUrl /);
});

test("a token URL of one's own is used as it is", () => {
  expect(readSettings({ ...base, tokenUrl: "https://id.test/realm/token" }).tokenUrl).toBe(
    "https://id.test/realm/token",
  );
});

test.each(["clientId", "clientSecret", "apiKey", "entityId"])("%s must be text, if it is given", (option) => {
  for (const wrong of ["", null, 5, {}, "planted-secret\n", "planted\0-secret", "a\u0085b"]) {
    expect(refusalOf({ ...base, [option]: wrong })).toMatch(new RegExp(`^${option} `));
  }
});

test("a client id with a colon goes into the body only: in a Basic header the colon would end it", () => {
  const given = { ...base, clientId: "merchant:1" };
  expect(refusalOf(given)).toMatch(/^clientId .*"body"/);
  expect(readSettings({ ...given, clientAuthentication: "body" }).clientId).toBe("merchant:1");
});

test.each(["clientId", "clientSecret"])("%s is needed", (option) => {
  expect(refusalOf({ ...base, [option]: undefined })).toMatch(new RegExp(`^${option} is missing`));
});

test.each(["planted-secret with blank", " planted-secret", "clé-planted-secret", "€"])(
  "the API key %j is refused: no header can carry it",
  (apiKey) => {
    expect(refusalOf({ ...base, apiKey })).toMatch(/^apiKey /);
  },
);

test("a secret may be a function, which is not called yet", () => {
  const clientSecret = vi.fn(() => "secret");
  expect(readSettings({ ...base, clientSecret }).clientSecret).toBeTypeOf("function");
  expect(clientSecret).not.toHaveBeenCalled();
});

test.each(["timeoutMs", "deadlineMs"])("%s must be a positive number", (option) => {
  for (const wrong of [0, -1, Number.NaN, Infinity, "1000", null, 5n]) {
    expect(refusalOf({ ...base, [option]: wrong })).toMatch(new RegExp(`^${option} `));
  }
  expect(readSettings({ ...base, [option]: 1.5 }).limits).toMatchObject({ [option]: 1.5 });
});

test("maxRetries must be a whole number from 0 to 10", () => {
  for (const wrong of [-1, 11, 1.5, Number.NaN, Infinity, "2", null]) {
    expect(refusalOf({ ...base, maxRetries: wrong })).toMatch(/^maxRetries /);
  }
  expect(readSettings({ ...base, maxRetries: 0 }).limits.maxRetries).toBe(0);
  expect(readSettings({ ...base, maxRetries: 10 }).limits.maxRetries).toBe(10);
});

test.each([["Basic"], [""], [5], ["post"]])("clientAuthentication %j is refused", (clientAuthentication) => {
  expect(refusalOf({ ...base, clientAuthentication })).toMatch(/^clientAuthentication /);
});

test.each([[null], ["fetch"], [{}]])("fetch given as %j is refused", (fetch) => {
  expect(refusalOf({ ...base, fetch })).toMatch(/^fetch /);
});

test("the global fetch is looked up when it is used, so that it can be replaced later", async () => {
  const { fetch = runtimeFetch } = readSettings(base);
  const replacement = vi.fn(() => Promise.resolve(new Response("{}")));
  vi.stubGlobal("fetch", replacement);
  await fetch("https://purse.test", {});
  expect(replacement).toHaveBeenCalledOnce();
});

test("options left out, or undefined, fall back to the environment", async () => {
  vi.stubEnv("PURSE_BASE_URL", "https://env.test");
  vi.stubEnv("PURSE_TOKEN_URL", "https://env.test/token");
  vi.stubEnv("PURSE_CLIENT_ID", "env-id");
  vi.stubEnv("PURSE_CLIENT_SECRET", "env-secret");
  vi.stubEnv("PURSE_API_KEY", "env-key");
  vi.stubEnv("PURSE_ENTITY_ID", "env-entity");
  const settings = readSettings({ clientId: undefined, apiKey: undefined });
  expect(settings).toMatchObject({
    baseUrl: "https://env.test",
    tokenUrl: "https://env.test/token",
    clientId: "env-id",
    apiKey: "env-key",
    entityId: "env-entity",
  });
  expect(await settings.clientSecret()).toBe("env-secret");
});

test("PURSE_ENVIRONMENT chooses the environment", () => {
  vi.stubEnv("PURSE_ENVIRONMENT", "sandbox");
  expect(readSettings(credentials).baseUrl).toBe("https://api.purse-sandbox.com");
});

test("options outrank the environment", () => {
  for (const name of variables) vi.stubEnv(name, "http://user:x@nonsense\n");
  const given = { ...base, tokenUrl: "https://id.test/token", apiKey: "key", entityId: "entity" };
  expect(readSettings(given)).toMatchObject({
    baseUrl: "https://purse.test",
    tokenUrl: "https://id.test/token",
    clientId: "id",
    apiKey: "key",
    entityId: "entity",
  });
});

test("a variable with a line break at its end is refused", () => {
  vi.stubEnv("PURSE_CLIENT_SECRET", "planted-secret\n");
  expect(refusalOf({ ...base, clientSecret: undefined })).toMatch(/^PURSE_CLIENT_SECRET /);
  vi.stubEnv("PURSE_BASE_URL", "https://purse.test\n");
  expect(refusalOf(credentials)).toMatch(/^PURSE_BASE_URL /);
});

test("a runtime that does not let variables be read has none", () => {
  const locked = new Proxy(process, {
    get() {
      throw new Error("no access");
    },
  });
  vi.stubGlobal("process", locked);
  const settings = readSettings(base);
  vi.unstubAllGlobals();
  expect(settings.apiKey).toBeUndefined();
});

test("a browser is refused, because the client holds a secret", () => {
  vi.stubGlobal("window", {});
  expect(readSettings(base).clientId).toBe("id"); // Deno used to have a window, and is no browser.
  vi.stubGlobal("document", {});
  expect(refusalOf(base)).toMatch(/^Purse must run on a server/);
});

test("the refusal of a browser names the settings by which a test gets an environment without a window", () => {
  vi.stubGlobal("window", {});
  vi.stubGlobal("document", {});
  expect(refusalOf(base)).toContain("@vitest-environment node");
  expect(refusalOf(base)).toContain("@jest-environment node");
});

test("the options are left as they are, and may be frozen", () => {
  const options = Object.freeze({ ...base });
  readSettings(options);
  expect(options).toEqual(base);
});
