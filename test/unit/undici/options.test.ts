import { Agent, MockAgent } from "undici";
import { describe, expect, it } from "vitest";
import {
  createUndiciFetch,
  isPurseError,
  PurseConfigurationError,
  type UndiciFetchOptions,
} from "../../../src/undici/index.js";
import { thrownBy } from "../../support/failures.js";

describe("options of the transport over undici", () => {
  it.each<[string, unknown, RegExp]>([
    ["options", null, /^options must be an object/],
    ["options", "x", /^options must be an object/],
    ["connections", { connections: 3 }, /connections is not known; there is dispatcher/],
    ["connect", { dispatcher: new Agent(), connect: {} }, /connect is not known/],
    ["dispatcher", { dispatcher: null }, /^dispatcher must be a dispatcher of the package undici 7 or 8/],
    ["dispatcher", { dispatcher: {} }, /^dispatcher must be a dispatcher/],
    ["dispatcher", { dispatcher: "http://proxy.example" }, /^dispatcher must be a dispatcher/],
  ])("refuses %s that it cannot use: %j", (_name, options, message) => {
    const error = thrownBy(() => createUndiciFetch(options as UndiciFetchOptions));
    expect(error).toBeInstanceOf(PurseConfigurationError);
    expect(isPurseError(error)).toBe(true);
    expect((error as Error).message).toMatch(message);
  });

  it("takes undefined for what is not set, and dispatchers of every kind", () => {
    for (const dispatcher of [undefined, new Agent(), new MockAgent()])
      expect(() => createUndiciFetch({ dispatcher })).not.toThrow();
  });
});
