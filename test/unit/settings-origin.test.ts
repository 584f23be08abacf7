import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Purse } from "../../src/client.js";
import { PurseConfigurationError } from "../../src/errors/configuration-error.js";
import { purseOptionNames, type PurseOptions } from "../../src/options.js";
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
});

function refusalOf(options: unknown): string {
  const error = thrownBy(() => readSettings(options));
  expect(error).toBeInstanceOf(PurseConfigurationError);
  const { message } = error as PurseConfigurationError;
  expect(message).not.toContain("planted-secret");
  return message;
}

function setVariables(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
}

const enough = {
  PURSE_BASE_URL: "https://env.test",
  PURSE_CLIENT_ID: "env-id",
  PURSE_CLIENT_SECRET: "planted-secret",
};

describe("an option that is not known is refused by name, with the nearest one that is", () => {
  test.each<[object, string, string]>([
    [{ timeout: 3 }, "timeout", "timeoutMs"],
    [{ maxNetworkRetries: 0 }, "maxNetworkRetries", "maxRetries"],
    [{ max_retries: 0 }, "max_retries", "maxRetries"],
    [{ retries: 0 }, "retries", "maxRetries"],
    [{ base_url: "https://purse.test" }, "base_url", "baseUrl"],
    [{ baseURL: "https://purse.test" }, "baseURL", "baseUrl"],
    [{ client_id: "id" }, "client_id", "clientId"],
    [{ clientID: "id" }, "clientID", "clientId"],
    [{ secret: "planted-secret" }, "secret", "clientSecret"],
    [{ apikey: "key" }, "apikey", "apiKey"],
    [{ entity: "entity" }, "entity", "entityId"],
    [{ tokenURL: "https://id.test" }, "tokenURL", "tokenUrl"],
    [{ allow_insecure_http: false }, "allow_insecure_http", "allowInsecureHttp"],
    [{ log: console }, "log", "logger"],
    [{ hook: {} }, "hook", "hooks"],
    [{ deadline: undefined }, "deadline", "deadlineMs"],
  ])("%j", (options, name, near) => {
    expect(refusalOf({ ...base, ...options })).toBe(`options.${name} is not known. Did you mean ${near}?`);
    expect(() => new Purse({ ...base, ...options })).toThrow(PurseConfigurationError);
  });

  test("where none is near, all are named", () => {
    expect(refusalOf({ ...base, sandbox: true })).toMatch(
      /^options\.sandbox is not known; there are environment, baseUrl, .*allowInsecureHttp\.$/,
    );
  });

  test("the list of known options is complete", () => {
    const all: Record<keyof PurseOptions, true> = {
      environment: true,
      baseUrl: true,
      clientId: true,
      clientSecret: true,
      apiKey: true,
      entityId: true,
      webhook: true,
      tokenUrl: true,
      clientAuthentication: true,
      tokenStore: true,
      timeoutMs: true,
      deadlineMs: true,
      maxRetries: true,
      fetch: true,
      hooks: true,
      logger: true,
      allowInsecureHttp: true,
    };
    expect([...purseOptionNames].sort()).toEqual(Object.keys(all).sort());
  });

  test("options that are no plain object are refused, parts of them may be anything that fits", () => {
    class Configuration {
      baseUrl = "https://purse.test";
      clientId = "id";
      clientSecret = "planted-secret";
    }
    for (const wrong of [new Configuration(), new Map(Object.entries(base)), [base], Object.create(base)])
      expect(refusalOf(wrong)).toMatch(/^options must be (?:a plain object|an object)/);
    expect(readSettings(Object.assign({}, new Configuration())).clientId).toBe("id");
    class Store {
      get = () => Promise.resolve();
      set = () => Promise.resolve();
      delete = () => Promise.resolve();
    }
    class Hooks {
      onCallEnd(): void {
        // Is only looked for.
      }
    }
    const parts = { tokenStore: new Store(), hooks: [new Hooks()], logger: console };
    expect(readSettings({ ...base, ...parts })).toMatchObject(parts);
  });

  test("each getter is asked once", () => {
    const asked: string[] = [];
    const options = {};
    for (const [name, value] of Object.entries(base)) {
      const get = (): string => (asked.push(name), value);
      Object.defineProperty(options, name, { enumerable: true, get });
    }
    readSettings(options);
    expect([...asked].sort()).toEqual(Object.keys(base).sort());
  });
});

describe("an empty variable counts as unset", () => {
  test("also beside its alternative", () => {
    setVariables({ ...enough, PURSE_BASE_URL: "", PURSE_ENVIRONMENT: "sandbox" });
    expect(readSettings({}).baseUrl).toBe("https://api.purse-sandbox.com");
    setVariables({ ...enough, PURSE_ENVIRONMENT: "" });
    expect(readSettings({}).baseUrl).toBe("https://env.test");
  });

  test("also where it is optional", () => {
    setVariables({ ...enough, PURSE_TOKEN_URL: "", PURSE_API_KEY: "", PURSE_ENTITY_ID: "" });
    expect(readSettings({})).toMatchObject({
      tokenUrl: "https://env.test/oauth/token",
      apiKey: undefined,
      entityId: undefined,
    });
  });

  test.each([
    ["PURSE_CLIENT_ID", /^clientId is missing; give it or set PURSE_CLIENT_ID/],
    ["PURSE_CLIENT_SECRET", /^clientSecret is missing; give it or set PURSE_CLIENT_SECRET/],
    ["PURSE_BASE_URL", /^environment or baseUrl is needed/],
  ])("and is asked for where it is needed: %s", (name, words) => {
    setVariables({ ...enough, [name]: "" });
    expect(refusalOf({})).toMatch(words);
  });

  test.each(["environment", "baseUrl", "tokenUrl", "clientId", "clientSecret", "apiKey", "entityId"])(
    "an empty option %s is refused, even if its variable is set",
    (option) => {
      setVariables(enough);
      const given: Record<string, unknown> = option === "environment" ? { ...credentials } : { ...base };
      expect(refusalOf({ ...given, [option]: "" })).toBe(`${option} must not be empty.`);
    },
  );
});

describe("blanks and quotes around a value are named, with the option or variable", () => {
  const stray: [string, (text: string) => string, string][] = [
    ["a byte order mark", (text) => `\ufeff${text}`, "has a byte order mark at its start; give it without."],
    [
      "a byte order mark behind",
      (text) => `${text}\ufeff`,
      "has a byte order mark at its end; give it without.",
    ],
    ["a no-break space", (text) => `\u00a0${text}`, "has a no-break space at its start; give it without."],
    [
      "a no-break space behind",
      (text) => `${text}\u00a0`,
      "has a no-break space at its end; give it without.",
    ],
    ["a blank", (text) => ` ${text}`, "has a blank at its start; give it without."],
    ["a blank behind", (text) => `${text} `, "has a blank at its end; give it without."],
    ["a wide blank", (text) => `${text}\u3000`, "has a blank at its end; give it without."],
    ["a zero-width blank", (text) => `\u200b${text}`, "has a blank at its start; give it without."],
    ["double quotes", (text) => `"${text}"`, "has quotes around it; give it without."],
    ["single quotes", (text) => `'${text}'`, "has quotes around it; give it without."],
    ["backticks", (text) => `\`${text}\``, "has quotes around it; give it without."],
    ["typographic quotes", (text) => `“${text}”`, "has quotes around it; give it without."],
  ];
  const texts: [string, string, string][] = [
    ["clientId", "PURSE_CLIENT_ID", "id"],
    ["clientSecret", "PURSE_CLIENT_SECRET", "planted-secret"],
    ["apiKey", "PURSE_API_KEY", "key"],
    ["entityId", "PURSE_ENTITY_ID", "entity"],
    ["tokenUrl", "PURSE_TOKEN_URL", "https://id.test/token"],
    ["baseUrl", "PURSE_BASE_URL", "https://env.test"],
  ];

  test.each(stray)("%s", (_, around, words) => {
    for (const [option, name, text] of texts) {
      setVariables(enough);
      vi.stubEnv(name, around(text));
      expect(refusalOf({})).toBe(`${name} ${words}`);
      vi.stubEnv(name, undefined);
      const where = option === "baseUrl" ? { ...credentials } : { ...base };
      expect(refusalOf({ ...where, [option]: around(text) })).toBe(`${option} ${words}`);
    }
  });

  test("blanks and quotes inside a secret are kept", async () => {
    for (const clientSecret of ["a b", 'a"b', '"', "a'", '"a', "clé"])
      expect(await readSettings({ ...base, clientSecret }).clientSecret()).toBe(clientSecret);
  });
});

describe("a message names the variable that a value comes from", () => {
  test.each([
    [
      "PURSE_ENVIRONMENT",
      "staging",
      'must be one of sandbox, production. The environment variable is "staging".',
    ],
    [
      "PURSE_ENVIRONMENT",
      "a-long-secret-in-the-wrong-place",
      "must be one of sandbox, production. The environment variable is a text of 32 characters.",
    ],
    ["PURSE_ENVIRONMENT", "production\n", "must not contain control characters"],
    ["PURSE_BASE_URL", "purse.test", "must be an absolute URL."],
    ["PURSE_BASE_URL", "http://purse.test", "must start with https://"],
    ["PURSE_BASE_URL", "https://purse.test?x=1", "must not have a query"],
    ["PURSE_BASE_URL", "https://a:b@purse.test", "must not carry a user name"],
    ["PURSE_TOKEN_URL", "ftp://purse.test", "must start with https://"],
    ["PURSE_CLIENT_ID", "merchant:1", "must not contain a colon"],
    ["PURSE_API_KEY", "key with blank", "must be visible ASCII"],
    ["PURSE_ENTITY_ID", "entity\t1", "must not contain control characters"],
  ])("%s=%j", (name, value, words) => {
    setVariables(name === "PURSE_ENVIRONMENT" ? { ...enough, PURSE_BASE_URL: "" } : enough);
    vi.stubEnv(name, value);
    const message = refusalOf({});
    expect(message.startsWith(`${name} ${words}`)).toBe(true);
  });
});

test("a place given as an option outranks PURSE_TOKEN_URL: secrets do not go where the environment points", () => {
  vi.stubEnv("PURSE_TOKEN_URL", "https://elsewhere.test/token");
  expect(readSettings({ ...credentials, environment: "sandbox" }).tokenUrl).toBe(
    "https://api.purse-sandbox.com/oauth/token",
  );
  expect(readSettings(base).tokenUrl).toBe("https://purse.test/oauth/token");
  const tokenUrl = "https://id.test/token";
  expect(readSettings({ ...credentials, environment: "sandbox", tokenUrl }).tokenUrl).toBe(tokenUrl);
  vi.stubEnv("PURSE_ENVIRONMENT", "sandbox");
  expect(readSettings(credentials).tokenUrl).toBe("https://elsewhere.test/token");
});

test("an environment given as an option is shown, and called an option", () => {
  setVariables({ PURSE_ENVIRONMENT: "sandbox" });
  expect(refusalOf({ ...credentials, environment: "Sandbox" as "sandbox" })).toBe(
    'environment must be one of sandbox, production. The option is "Sandbox".',
  );
});
