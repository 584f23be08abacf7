import { describe, expect, test } from "vitest";
import { createRedirectionVerifier } from "../../src/redirection/index.js";
import type { PurseJsonWebKeySet } from "../../generated/schema.js";
import { Purse } from "../../src/index.js";
import { answers, stubFetch } from "../support/stub-fetch.js";
import { testCredentials } from "../support/test-client.js";
import { allCases } from "./cases/all-cases.js";
import { outcomeOf } from "./cases/run-case.js";

/** An attack's key set holds what no key set should. */
const keySet = (keys: readonly unknown[]): PurseJsonWebKeySet => ({ keys }) as PurseJsonWebKeySet;

const fetchOf = (keys: readonly unknown[]) =>
  stubFetch([answers(200, { keys }), answers(200, { keys })]).fetch;

const verifiers = {
  "a verifier with the keys": (keys: readonly unknown[]) => createRedirectionVerifier({ keys: keySet(keys) }),
  "a verifier with the address": (keys: readonly unknown[]) =>
    createRedirectionVerifier({ jwksUrl: "https://purse.test/keys", fetch: fetchOf(keys) }),
  "the client": (keys: readonly unknown[]) =>
    new Purse({ ...testCredentials, fetch: fetchOf(keys) }).redirection,
};

describe.each(Object.entries(verifiers))("%s", (_, verifierWith) => {
  describe.each([...new Set(allCases.map(({ group }) => group))])("%s", (group) => {
    test.each(allCases.filter((attack) => attack.group === group))(
      "$name: $expected",
      async ({ expected, make }) => {
        const attack = await make();
        expect(await outcomeOf(attack, verifierWith(attack.keys))).toBe(expected);
      },
    );
  });
});

test("there are enough cases, and no two of the same name", () => {
  const names = allCases.map(({ group, name }) => `${group}: ${name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(300);
});
