import fc from "fast-check";
import { expect, test } from "vitest";
import { readGrant } from "../../../src/auth/access-token.js";

const answer = { access_token: "t1", token_type: "Bearer", expires_in: 3600 };

test.each([
  [3600, 3600],
  ["3600", 3600],
  ["3600.5", 3600.5],
  ["3600.25", 3600.25],
  [1.5, 1.5],
  [undefined, 300],
  [null, 300],
  ["", 300],
  ["soon", 300],
  ["1e9", 300],
  [Number.NaN, 300],
  [{}, 300],
  [["3600"], 300],
  [true, 300],
  [0, 0],
  ["0", 0],
  [-1, 0],
  ["-1", 0],
  [2_592_000, 86_400],
  [Infinity, 86_400],
  [Number.MAX_VALUE, 86_400],
  ["9".repeat(400), 86_400],
])("expires_in %j is a lifetime of %d s", (expiresIn, seconds) => {
  expect(readGrant({ ...answer, expires_in: expiresIn })).toEqual({
    value: "t1",
    lifetimeMs: seconds * 1000,
  });
});

test("no expires_in whatsoever makes a lifetime that is not between nothing and a day", () => {
  fc.assert(
    fc.property(fc.anything(), (expiresIn) => {
      const grant = readGrant({ ...answer, expires_in: expiresIn });
      const lifetimeMs = typeof grant === "object" ? grant.lifetimeMs : Number.NaN;
      expect(lifetimeMs >= 0 && lifetimeMs <= 86_400_000).toBe(true);
    }),
  );
});

test.each(["Bearer", "bearer", "BEARER", "bEaReR"])("the token type %s is accepted", (type) => {
  expect(readGrant({ ...answer, token_type: type })).toMatchObject({ value: "t1" });
});

test.each([["mac"], ["Bearer "], ["DPoP"], [""], [undefined], [null], [["Bearer"]]])(
  "the token type %j is refused",
  (type) => {
    expect(readGrant({ ...answer, token_type: type })).toBe("token_type is not Bearer");
  },
);

test.each([[undefined], [null], [""], [5], ["a b"], ["a\n"], ["é"], [{}]])(
  "the access token %j is refused",
  (token) => {
    expect(readGrant({ ...answer, access_token: token })).toBe("access_token missing or unusable");
  },
);
