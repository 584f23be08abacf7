import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { describe, expect, it } from "vitest";
import {
  createNodeFetch,
  isPurseError,
  PurseConfigurationError,
  type NodeFetchOptions,
} from "../../../src/node-transport/index.js";
import { thrownBy } from "../../support/failures.js";

describe("options of the Node transport", () => {
  it.each<[string, unknown, RegExp]>([
    ["options", null, /must be an object/],
    [
      "rejectUnauthorized",
      { rejectUnauthorized: false },
      /rejectUnauthorized is not known; there are agent, ca/,
    ],
    ["maxSockets", { maxSockets: 3 }, /maxSockets is not known/],
    ["agent", { agent: {} }, /must be an Agent of node:http/],
    [
      "agent",
      { agent: new HttpsAgent({ rejectUnauthorized: false }) },
      /must not switch rejectUnauthorized off/,
    ],
    [
      "agent",
      { agent: new HttpsAgent({ rejectUnauthorized: 0 as never }) },
      /must not switch rejectUnauthorized off/,
    ],
    [
      "agent",
      { agent: new HttpsAgent({ checkServerIdentity: () => undefined }) },
      /must not bring a checkServerIdentity/,
    ],
    ["agent", { agent: new HttpAgent(), maxConnections: 3 }, /of its own: set them there/],
    ["agent", { agent: new HttpAgent(), ca: "x" }, /of its own|cannot be used/],
    ["cert and key", { cert: "x" }, /must be given together/],
    ["cert and key", { key: "x" }, /must be given together/],
    ["ca", { ca: 3 }, /ca must be PEM/],
    ["ca", { ca: [] }, /ca must be PEM/],
    ["ca", { ca: ["x", ""] }, /ca must be PEM/],
    ["key", { cert: "secret-text", key: "secret-text" }, /^ca, cert or key cannot be used/],
    ["maxConnections", { maxConnections: 0 }, /maxConnections must be a positive number/],
    ["maxConnections", { maxConnections: 1.5 }, /maxConnections must be a positive number/],
    ["idleTimeoutMs", { idleTimeoutMs: Infinity }, /idleTimeoutMs must be a positive number/],
    ["idleTimeoutMs", { idleTimeoutMs: 2 ** 31 }, /up to 2147483647/],
    ["connectTimeoutMs", { connectTimeoutMs: "10" }, /connectTimeoutMs must be a positive number/],
  ])("refuses a %s that it cannot use", (_name, options, message) => {
    const error = thrownBy(() => createNodeFetch(options as NodeFetchOptions));
    expect(error).toBeInstanceOf(PurseConfigurationError);
    expect(isPurseError(error)).toBe(true);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain("secret-text");
  });

  it("takes undefined for what is not set, and an agent of another kind", () => {
    expect(() =>
      createNodeFetch({ ca: undefined, agent: undefined, idleTimeoutMs: undefined }),
    ).not.toThrow();
    expect(() => createNodeFetch({ agent: new HttpsAgent({ keepAlive: true }) })).not.toThrow();
  });
});
