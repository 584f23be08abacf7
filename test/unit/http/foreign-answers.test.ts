import { expect, test } from "vitest";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { PurseUnreadableResponseError } from "../../../src/errors/unreadable-response-error.js";
import { maxAnswerBytes, readBody } from "../../../src/http/response-body.js";
import { failureAs } from "../../support/failures.js";
import { movedBy, paidPayment, simulate, type Simulated } from "../../support/simulated.js";
import { paymentId, testClient } from "../../support/test-client.js";

/** Answers as other implementations of `fetch` and plain mocks give them: less than a `Response`. */

type Members = Record<string, unknown>;

function answer(members: Members, headers: unknown = new Headers()): Response {
  return { status: 200, headers, ...members } as unknown as Response;
}

/** Like a Node stream: iterated, and ended early when the rest is not needed. */
function iterated(pieces: Iterable<unknown>): { body: AsyncIterable<unknown>; isEnded: () => boolean } {
  let isEnded = false;
  async function* iterate(): AsyncGenerator {
    try {
      for (const piece of pieces) yield await Promise.resolve(piece);
    } finally {
      isEnded = true;
    }
  }
  return { body: iterate(), isEnded: () => isEnded };
}

const text = '{"name":"Zoë 😀"}';
const bytes = new TextEncoder().encode(text);
const read = { kind: "object", value: { name: "Zoë 😀" } };

test.each<[string, Members]>([
  ["pieces of a stream of Node", { body: iterated([...bytes].map((byte) => Uint8Array.of(byte))).body }],
  ["texts of a stream of Node that decodes", { body: iterated([text.slice(0, 9), text.slice(9)]).body }],
  ["text(), without a body", { text: () => Promise.resolve(text) }],
  ["text(), beside a body of another kind", { body: text, text: () => Promise.resolve(text) }],
  ["text(), beside a body of undefined", { body: undefined, text: () => Promise.resolve(text) }],
  ["arrayBuffer() alone", { arrayBuffer: () => Promise.resolve(bytes.buffer) }],
  ["json() alone", { json: () => Promise.resolve(JSON.parse(text)) }],
])("a body is read by %s", async (_, members) => {
  expect(await readBody(answer(members))).toEqual(read);
});

test("methods that need their object are called on it", async () => {
  class Answer {
    readonly #text = text;
    text(): Promise<string> {
      return Promise.resolve(this.#text);
    }
  }
  expect(await readBody(new Answer() as unknown as Response)).toEqual(read);
});

const oversized = " ".repeat(maxAnswerBytes + 1);
const euros = "€".repeat(maxAnswerBytes / 2);
const declared = { "content-length": String(maxAnswerBytes + 1) };
const notCalled = (): never => {
  throw new Error("read in spite of its length");
};

test.each<[string, Response]>([
  ["text()", answer({ text: () => Promise.resolve(oversized) })],
  ["text(), and only counted in bytes", answer({ text: () => Promise.resolve(euros) })],
  ["arrayBuffer()", answer({ arrayBuffer: () => Promise.resolve(new ArrayBuffer(maxAnswerBytes + 1)) })],
  ["json()", answer({ json: () => Promise.resolve({ pad: oversized }) })],
  ["text(), as its length says", answer({ text: notCalled }, new Headers(declared))],
  ["json(), as its length says in a Map", answer({ json: notCalled }, new Map(Object.entries(declared)))],
])("a body that is too large is refused: by %s", async (_, response) => {
  expect(await readBody(response)).toEqual({ kind: "unreadable", reason: "too_large" });
});

test("a stream of Node that is too large is ended, and not read to its end", async () => {
  let taken = 0;
  function* endless(): Generator<Uint8Array> {
    for (;;) {
      taken += 1;
      yield new Uint8Array(1024);
    }
  }
  const { body, isEnded } = iterated(endless());
  expect(await readBody(answer({ body }), 10_000)).toEqual({ kind: "unreadable", reason: "too_large" });
  expect(taken).toBe(10);
  expect(isEnded()).toBe(true);
});

test("headers that cannot be asked for a length do no harm", async () => {
  for (const headers of [undefined, null, {}, { "content-length": "5" }]) {
    expect(await readBody(answer({ text: () => Promise.resolve(text) }, headers))).toEqual(read);
  }
});

async function used(): Promise<Response> {
  const response = new Response(text);
  await response.text();
  return response;
}

function locked(): Response {
  const response = new Response(text);
  response.body?.getReader();
  return response;
}

const unsupported: [string, Members | (() => Response | Promise<Response>)][] = [
  ["nothing to read", {}],
  ["a body of its own kind, and no method", { body: { data: text } }],
  ["members of other types", { body: 5, text: text, json: {} }],
  ["text() without text", { text: () => Promise.resolve(undefined) }],
  ["json() without JSON", { json: () => Promise.resolve(undefined) }],
  ["a stream of things", { body: iterated([{ a: 1 }]).body }],
  ["a body that was read already", used],
  ["a body that is being read elsewhere", locked],
];

test.each(unsupported)("an answer with %s is told as the fault of this fetch", async (_, members) => {
  const response = typeof members === "function" ? await members() : answer(members);
  expect(await readBody(response)).toEqual({ kind: "unreadable", reason: "unsupported_fetch" });
});

test("a read names what is wrong with this fetch", async () => {
  const client = testClient([() => Promise.resolve(answer({}))]);
  const error = await failureAs(
    PurseUnreadableResponseError,
    client.payments.retrieve(paymentId, { maxRetries: 0 }),
  );
  expect(error).toMatchObject({ reason: "unsupported_fetch", status: 200 });
  expect(error.message).toMatch(/^getPayment: status 200, but .*`fetch`.*text\(\)/);
});

test("a token request names what is wrong with this fetch", async () => {
  const client = testClient([], { tokenSteps: [() => Promise.resolve(answer({}))] });
  const error = await failureAs(PurseTokenError, client.accessTokens.retrieve());
  expect(error.reason).toBe("unusable_answer");
  expect(error.message).toMatch(/`fetch`.*text\(\)/);
});

test("a status keeps its meaning when the body cannot be read", async () => {
  const client = testClient([() => Promise.resolve(answer({ status: 404 }))]);
  await expect(client.payments.retrieve(paymentId)).rejects.toMatchObject({ code: "not_found" });
});

/** A client of the simulator whose answers to captures have lost all but what is given. */
function simulateWith(reduce: (response: Response) => Response | Promise<Response>): Simulated {
  const simulated: Simulated = simulate({
    maxRetries: 0,
    fetch: async (url, init) => {
      const response = await simulated.simulator.fetch(url, init);
      return url.endsWith("/captures") ? reduce(response) : response;
    },
  });
  return simulated;
}

test("a capture over a fetch that has only text() is done once, and told", async () => {
  const simulated = simulateWith((response) =>
    answer({ status: response.status, text: () => response.text() }, response.headers),
  );
  const { id } = await paidPayment(simulated);
  const captured = await simulated.purse.payments.capture(id, { amount: 700 });
  expect(captured.amounts.total_captured).toBe(700);
  expect(movedBy(simulated.simulator, id)["capture"]).toEqual([700]);
});

test("a capture whose answer cannot be read over this fetch is unknown, and resolved to what was done", async () => {
  let isBroken = true;
  const simulated = simulateWith((response) =>
    isBroken ? answer({ status: response.status }, response.headers) : response,
  );
  const { id } = await paidPayment(simulated);
  const call = simulated.purse.payments.capture(id, { amount: 700 });
  const error = await failureAs(PurseOutcomeUnknownError, call);
  expect(error.reason).toBe("unreadable_answer");
  isBroken = false;
  expect((await error.resolve()).amounts.total_captured).toBe(700);
  expect(movedBy(simulated.simulator, id)["capture"]).toEqual([700]);
});

test("a body that breaks off while it is iterated is lost", async () => {
  async function* breaksOff(): AsyncGenerator<Uint8Array> {
    yield bytes;
    await Promise.reject(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
  }
  await expect(readBody(answer({ body: breaksOff() }))).rejects.toMatchObject({ code: "ECONNRESET" });
  const client = testClient([() => Promise.resolve(answer({ body: breaksOff() }))]);
  const call = client.payments.capture(paymentId, { amount: 1 }, { maxRetries: 0 });
  expect((await failureAs(PurseOutcomeUnknownError, call)).reason).toBe("connection_lost");
});
