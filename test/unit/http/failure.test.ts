import { describe, expect, test } from "vitest";
import { provesNotSent, toSafeCause } from "../../../src/http/failure.js";

function failure(members: Record<string, unknown>, cause?: unknown): Error {
  return Object.assign(new Error("a foreign message", cause === undefined ? {} : { cause }), members);
}

function withCode(code: string, error: Error): Error {
  return Object.assign(error, { code });
}

/** As `fetch` rejects: the failure itself is the cause. */
function fetchFailed(cause: unknown): Error {
  return new TypeError("fetch failed", { cause });
}

const refused = failure({ code: "ECONNREFUSED", syscall: "connect" });
const reset = failure({ code: "ECONNRESET", syscall: "read" });
const timedOut = failure({ code: "ETIMEDOUT", syscall: "connect" });
const unreachable = failure({ code: "ENETUNREACH", syscall: "connect" });

describe("a failure that proves that nothing was sent", () => {
  test.each([
    ["ECONNREFUSED"],
    ["ENOTFOUND"],
    ["EAI_AGAIN"],
    ["UND_ERR_CONNECT_TIMEOUT"],
    ["ConnectionRefused"],
  ])("has the code %s, at any depth", (code) => {
    expect(provesNotSent(failure({ code }))).toBe(true);
    expect(provesNotSent(fetchFailed(failure({ code })))).toBe(true);
    expect(provesNotSent(fetchFailed(failure({}, failure({ code }))))).toBe(true);
  });

  test("says that the transport refused it", () => {
    expect(provesNotSent(failure({ code: "REFUSED_BY_TRANSPORT" }))).toBe(true);
  });

  test.each([
    "EACCES",
    "EADDRINUSE",
    "EADDRNOTAVAIL",
    "EAFNOSUPPORT",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "EMFILE",
    "ENETDOWN",
    "ENETUNREACH",
    "ENFILE",
    "ENOBUFS",
    "ENOMEM",
    "EPERM",
    "ETIMEDOUT",
  ])("has the code %s while connecting, and only then", (code) => {
    expect(provesNotSent(fetchFailed(failure({ code, syscall: "connect" })))).toBe(true);
    expect(provesNotSent(fetchFailed(failure({ code, syscall: "bind" })))).toBe(true);
    for (const syscall of ["read", "write", "Connect", "connected", "open", ["connect"], null, undefined]) {
      expect(provesNotSent(fetchFailed(failure({ code, syscall })))).toBe(false);
    }
  });

  test.each(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EMFILE", "ENOMEM"])(
    "has the code %s while its name was looked up",
    (code) => {
      for (const syscall of ["getaddrinfo", "queryA", "queryAaaa"]) {
        expect(provesNotSent(fetchFailed(failure({ code, syscall })))).toBe(true);
      }
    },
  );

  test("has the system call under the name that node-fetch gives it", () => {
    const timedOut = { code: "ETIMEDOUT", errno: "ETIMEDOUT" };
    expect(provesNotSent(failure({ ...timedOut, erroredSysCall: "connect" }))).toBe(true);
    expect(provesNotSent(failure({ code: "ECONNREFUSED", erroredSysCall: "read" }))).toBe(false);
  });

  test.each<[string, Error[]]>([
    ["refused one and had no way to the other", [refused, unreachable]],
    ["a silent IPv4 beside a refused IPv6", [timedOut, refused]],
    ["each tried until the runtime gave it up", [failure({ code: "ERR_SOCKET_CONNECTION_TIMEOUT" })]],
    ["wrapped once more", [failure({}, refused), new AggregateError([timedOut])]],
  ])("connected to none of the addresses that were tried: %s", (_, members) => {
    expect(provesNotSent(fetchFailed(new AggregateError(members)))).toBe(true);
  });

  test("connected to none of the addresses, and has the code of one of them, as Node gives it", () => {
    const all = Object.assign(new AggregateError([timedOut, refused]), { code: "ETIMEDOUT" });
    expect(provesNotSent(fetchFailed(all))).toBe(true);
  });
});

describe("a failure that proves nothing", () => {
  test.each(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT", "econnrefused", ""])(
    "has the code %j",
    (code) => {
      expect(provesNotSent(fetchFailed(failure({ code, syscall: "connect" })))).toBe(false);
      expect(provesNotSent(fetchFailed(failure({ code })))).toBe(false);
    },
  );

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ConnectionRefused"])(
    "has the code %s, but from a system call that only a connection that stood makes",
    (code) => {
      for (const syscall of ["read", "write", "shutdown", "sendto", "", 5]) {
        expect(provesNotSent(fetchFailed(failure({ code, syscall })))).toBe(false);
      }
    },
  );

  test.each(["ECONNRESET", "UND_ERR_SOCKET", "a custom code", 20])(
    "has the code %j besides one that would prove it, on whichever side",
    (code) => {
      expect(provesNotSent(failure({ code }, refused))).toBe(false);
      expect(provesNotSent(failure({ code: "ECONNREFUSED" }, failure({ code })))).toBe(false);
      expect(provesNotSent(failure({ code }, new AggregateError([refused])))).toBe(false);
    },
  );

  test("has one address among those tried that may have taken the request, even if the error claims otherwise", () => {
    const mixed = Object.assign(new AggregateError([refused, reset]), { code: "ECONNREFUSED" });
    expect(provesNotSent(fetchFailed(mixed))).toBe(false);
    expect(provesNotSent(fetchFailed(new AggregateError([reset, refused])))).toBe(false);
  });

  test.each<[string, unknown]>([
    [
      "a member that was reset behind the one that was refused",
      failure({}, new AggregateError([refused, reset])),
    ],
    [
      "a member whose own cause says otherwise",
      new AggregateError([failure({ code: "ECONNREFUSED" }, reset)]),
    ],
    ["a code that none of its members has", withCode("EPIPE", new AggregateError([refused]))],
    [
      "more members than a name has addresses",
      new AggregateError(Array.from({ length: 1000 }, () => refused)),
    ],
  ])("has %s", (_, error) => {
    expect(provesNotSent(fetchFailed(error))).toBe(false);
  });

  test("has itself among its members", () => {
    const circle = new AggregateError([refused]);
    circle.errors.push(circle);
    expect(provesNotSent(circle)).toBe(false);
  });

  test("has more causes than are looked at, each of which would prove it", () => {
    const nested = (depth: number): Error =>
      depth === 1 ? reset : failure({ code: "ECONNREFUSED" }, nested(depth - 1));
    expect(provesNotSent(nested(11))).toBe(false);
  });

  test.each([
    ["a refusal in the message only", failure({}, "ECONNREFUSED")],
    ["a code that is no text", failure({ code: ["ECONNREFUSED"] })],
    ["no code at all", failure({})],
    ["an empty list of addresses", new AggregateError([])],
    ["a hole in place of an address", failure({ code: "ECONNREFUSED", errors: new Array(1) })],
    ["addresses that are nothing", new AggregateError([null, "ECONNREFUSED"])],
    ["a syscall without a code", failure({ syscall: "connect" })],
  ])("has %s", (_, error) => {
    expect(provesNotSent(fetchFailed(error))).toBe(false);
  });

  test.each([["ECONNREFUSED"], [undefined], [null], [5]])("is no error but %j", (thrown) => {
    expect(provesNotSent(thrown)).toBe(false);
    expect(toSafeCause(thrown)).toEqual({ name: "Error" });
  });
});

test("members called errors that are no list do not hide the code", () => {
  expect(provesNotSent(failure({ code: "ECONNREFUSED", errors: "none" }))).toBe(true);
  expect(provesNotSent(failure({ code: "ECONNREFUSED", errors: [] }))).toBe(true);
});

test("the innermost cause is the one that is kept, by name and code", () => {
  const innermost = Object.assign(new RangeError("planted-words"), { code: "UND_ERR_SOCKET" });
  expect(toSafeCause(fetchFailed(failure({ code: "OUTER" }, innermost)))).toEqual({
    name: "RangeError",
    code: "UND_ERR_SOCKET",
  });
  expect(toSafeCause(fetchFailed(undefined))).toEqual({ name: "TypeError" });
});

test("a cause that is no error is reduced to nothing", () => {
  expect(toSafeCause(failure({ code: "OUTER" }, "planted-words"))).toEqual({ name: "Error" });
});

test("ten causes deep are looked into, and no further", () => {
  const nested = (depth: number): Error => (depth === 1 ? refused : failure({}, nested(depth - 1)));
  expect(provesNotSent(nested(10))).toBe(true);
  expect(toSafeCause(nested(10))).toEqual({ name: "Error", code: "ECONNREFUSED" });
  expect(provesNotSent(nested(11))).toBe(false);
  expect(toSafeCause(nested(11))).toEqual({ name: "Error" });
});

test.each([[["EPIPE"]], [5], [null], [{}]])("the code %j is no code", (code) => {
  expect(toSafeCause(failure({ code }))).toEqual({ name: "Error" });
});

test("a chain of causes without an end has one", () => {
  let chain: Error = refused;
  for (let depth = 0; depth < 1000; depth++) chain = failure({ code: "OUTER" }, chain);
  expect(toSafeCause(chain)).toEqual({ name: "Error", code: "OUTER" });
  expect(provesNotSent(chain)).toBe(false);
});

test.each([
  "E",
  "E2BIG",
  "ECONNRESET",
  "UND_ERR_SOCKET",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ConnectionRefused",
  "A".repeat(48),
])("the code %s is kept", (code) => {
  expect(toSafeCause(failure({ code }))).toEqual({ name: "Error", code });
});

test.each([
  "",
  "planted-secret",
  "planted_secret",
  "Bearer X",
  "4111111111111111",
  "_ERR",
  "ERR_",
  "ERR__X",
  "ERR_x",
  "Connection1",
  " ERR",
  "ERR\n",
  "A".repeat(49),
])("the code %j may be a secret, and is left out", (code) => {
  expect(toSafeCause(failure({ code }))).toEqual({ name: "Error" });
});

test.each([
  ["AbortError", "AbortError"],
  ["Error", "Error"],
  ["planted", "Error"],
  ["Planted-Secret", "Error"],
  ["Planted1", "Error"],
  ["A planted secret", "Error"],
  [" AbortError", "Error"],
  ["", "Error"],
  ["A".repeat(48), "A".repeat(48)],
  ["A".repeat(49), "Error"],
  [["AbortError"], "Error"],
  [undefined, "Error"],
])("of the name %j this is kept: %s", (name, kept) => {
  expect(toSafeCause(failure({ name, code: "EPIPE" }))).toEqual({ name: kept, code: "EPIPE" });
});

describe("an object that fights back when it is looked at", () => {
  const hostile = (name: string, members: Record<string, unknown> = {}): Error =>
    Object.defineProperty(failure(members), name, {
      get() {
        throw new RangeError("planted-words");
      },
    });
  const trap = (): never => {
    throw new RangeError("planted-words");
  };
  const allTraps = new Proxy({}, { get: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();

  test.each<[string, unknown]>([
    ["a code that throws", hostile("code")],
    ["a system call that throws", hostile("syscall", { code: "ECONNREFUSED" })],
    ["a cause that throws", hostile("cause", { code: "ECONNREFUSED" })],
    ["members that throw", hostile("errors", { code: "ECONNREFUSED" })],
    ["a name that throws", hostile("name")],
    ["only traps", allTraps],
    ["nothing left", revoked],
    ["members with nothing left", failure({ code: "ECONNREFUSED", errors: [revoked] })],
    ["such a cause behind a refusal", failure({ code: "ECONNREFUSED" }, allTraps)],
  ])("proves nothing and makes nothing fail: %s", (_, error) => {
    for (const thrown of [error, fetchFailed(error), new AggregateError([error])]) {
      expect(provesNotSent(thrown)).toBe(false);
      expect(JSON.stringify(toSafeCause(thrown))).not.toContain("planted");
    }
  });

  test("keeps its name where only its code cannot be read, and its code where only its name cannot", () => {
    expect(toSafeCause(hostile("code", { name: "RangeError" }))).toEqual({ name: "RangeError" });
    expect(toSafeCause(hostile("name", { code: "EPIPE" }))).toEqual({ name: "Error", code: "EPIPE" });
  });

  test("is asked for each member once, so that it cannot say one thing and then another", () => {
    const turncoat = (first: string): Error => {
      let looks = 0;
      return Object.defineProperty(failure({}), "code", {
        get: () => (looks++ === 0 ? first : "planted-secret"),
      });
    };
    expect(toSafeCause(turncoat("EPIPE"))).toEqual({ name: "Error", code: "EPIPE" });
    expect(provesNotSent(turncoat("ECONNREFUSED"))).toBe(true);
  });
});
