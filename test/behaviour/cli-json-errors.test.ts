import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { run, runPrinted, start, variablesOf, without, type Variables } from "../support/command.js";
import { movedBy, paidPayment, smallOrder } from "../support/simulated.js";

/** With --json standard output is JSON, even when the command fails. */

let simulator: Simulator;
let variables: Variables;
let purse: Purse;
let paymentId: string;

beforeAll(async () => {
  simulator = createSimulator({ clientSecret: "a-private-test-secret" });
  await simulator.listen();
  variables = variablesOf(simulator);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
});

beforeEach(async () => {
  simulator.faults.clear();
  ({ id: paymentId } = await paidPayment({ simulator, purse }));
});

afterAll(() => simulator.close());

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly [member: string]: unknown;
}

/** One JSON document, and nothing else. */
function errorIn(output: string): Failure {
  const document = JSON.parse(output) as { error: Failure };
  expect(Object.keys(document)).toEqual(["error"]);
  expect(document.error).toMatchObject({
    code: expect.any(String) as string,
    message: expect.stringMatching(/\S/) as string,
  });
  return document.error;
}

const captured = (): number[] => movedBy(simulator, paymentId)["capture"] ?? [];

it.each([
  ["usage", 2, ["payment", "get"]],
  ["usage", 2, ["payment", "get", "x", "--nonsense"]],
  ["usage", 2, ["payment", "capture", "x", "--yes"]],
  ["usage", 2, ["payment", "capture", "x", "--amount", "1"]],
  ["usage", 2, ["payment", "capture", "x", "--amount", "1", "--yes", "--reference", "--help"]],
  ["usage", 2, ["doctor", "--webhook-url", "nowhere"]],
  ["usage", 2, ["doctor", "--token", "sesame"]],
  ["usage", 2, ["session", "create"]],
  ["usage", 2, ["session", "craete"]],
  ["usage", 2, ["payment", "get", "x", "--help"]],
  ["invalid_argument", 2, ["payment", "get", ".."]],
  ["not_found", 1, ["payment", "get", "unknown"]],
  ["not_found", 1, ["payment", "refund", "unknown", "--amount", "1", "--yes"]],
  ["usage", 2, ["redirect", "verify", "x", "--jwks", "nowhere"]],
])("the error is %s, code %d, in JSON for %j", async (code, exitCode, args) => {
  const ended = await run([...args, "--json"], variables);
  expect(ended.code).toBe(exitCode);
  expect(errorIn(ended.output).code).toBe(code);
  expect(ended.output).not.toContain("sesame");
  expect(ended.errors).toMatch(/^purse: /m); // For the person, as without it.
  expect((await run(args, variables)).code).toBe(exitCode);
  expect((await run(args, variables)).output).toBe("");
});

it("names the variable that is missing, and the credentials that are refused: code 4", async () => {
  const args = ["payment", "get", "x", "--json"];
  const missing = await run(args, without(variables, "PURSE_CLIENT_ID"));
  expect([missing.code, errorIn(missing.output).code]).toEqual([4, "configuration"]);
  const refused = await run(args, { ...variables, PURSE_CLIENT_SECRET: "a-wrong-secret" });
  expect([refused.code, errorIn(refused.output)]).toEqual([
    4,
    expect.objectContaining({ code: "token", reason: "credentials_refused" }),
  ]);
});

it("contains the error's facts, but none of the service's own words", async () => {
  const args = ["payment", "capture", paymentId, "--amount", "99999", "--yes", "--json"];
  const { code, output, errors } = await run(args, variables);
  expect(code).toBe(1);
  expect(errorIn(output)).toMatchObject({
    code: "bad_request",
    status: 400,
    request_id: expect.any(String) as string,
    idempotency_key: expect.any(String) as string,
    problem: { status: 400 },
  });
  expect(errors).toMatch(/available/i);
  expect(output).not.toMatch(/"(?:detail|errors|stack|name)"/);
  expect(captured()).toEqual([]);
});

it("reports an unknown outcome as unknown, with the key and the command that asks again: code 3", async () => {
  simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
  simulator.faults.add({ kind: "stale_read", times: "always" });
  const args = ["payment", "capture", paymentId, "--amount", "30", "--yes", "--json"];
  const { code, output, errors } = await run(args, variables);
  expect(code).toBe(3);
  const error = errorIn(output);
  expect(error).toMatchObject({ code: "outcome_unknown", reason: "recovery_failed", outcome: "unknown" });
  expect(errors).toContain(`key        ${String(error["idempotency_key"])}`);
  simulator.faults.clear();
  const again = await runPrinted(String(error["ask_again"]), variables);
  expect([again.code, JSON.parse(again.output)]).toEqual([
    0,
    expect.objectContaining({ idempotency: "recovered", idempotency_key: error["idempotency_key"] }),
  ]);
  expect(captured()).toEqual([3000]);
});

it("reports a refusal under a given key as an unknown outcome", async () => {
  const key = ["--idempotency-key", "order-1-capture-1"];
  const args = ["payment", "capture", paymentId, "--amount", "30", "--yes", "--json", ...key];
  expect((await run(args, variables)).code).toBe(0);
  simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
  const refused = await run(args, variables);
  expect([refused.code, errorIn(refused.output)]).toEqual([
    3,
    expect.objectContaining({ code: "bad_request", outcome: "unknown", idempotency_key: key[1] }),
  ]);
  const other = [...args.slice(0, 4), "31", ...args.slice(5)];
  const conflict = await run(other, variables);
  expect([conflict.code, errorIn(conflict.output)]).toEqual([
    3,
    expect.objectContaining({ code: "idempotency_conflict", outcome: "unknown" }),
  ]);
  simulator.faults.add({ kind: "drop_before", operation: "getPayment", times: "always" });
  const unread = await run(args, variables);
  expect([unread.code, errorIn(unread.output)]).toEqual([
    3,
    expect.objectContaining({ code: "connection", outcome: "unknown" }),
  ]);
  expect(captured()).toEqual([3000]);
});

it("reports a verification without keys as an error, and a false token as a verdict", async () => {
  const session = await purse.clientSessions.create(smallOrder);
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  const args = ["redirect", "verify", redirectUrl, "--json"];
  const open = await run(args, { PURSE_BASE_URL: "http://127.0.0.1:9" });
  expect([open.code, errorIn(open.output)]).toEqual([
    3,
    expect.objectContaining({ code: "redirection", reason: "keys_unavailable" }),
  ]);
  const other = await run([...args, "--session", crypto.randomUUID()], variables);
  expect([other.code, JSON.parse(other.output)]).toEqual([1, { genuine: false, reason: "other_session" }]);
});

it("adds the error to the verdict when only the payment cannot be read: code 3", async () => {
  const session = await purse.clientSessions.create(smallOrder);
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  simulator.faults.add({ kind: "error_before", operation: "getPayment", times: "always" });
  const { code, output } = await run(["redirect", "verify", redirectUrl, "--payment", "--json"], variables);
  expect([code, JSON.parse(output)]).toEqual([
    3,
    expect.objectContaining({ genuine: true, error: expect.objectContaining({ code: "server" }) as object }),
  ]);
  simulator.faults.clear();
  const cancelled = await purse.clientSessions.create(smallOrder);
  const { redirectUrl: without } = await simulator.shopper.cancel(cancelled.id);
  const none = await run(["redirect", "verify", without, "--payment", "--json"], variables);
  expect([none.code, JSON.parse(none.output)]).toEqual([
    3,
    expect.objectContaining({
      genuine: true,
      error: expect.objectContaining({ code: "no_payment" }) as object,
    }),
  ]);
});

it("reports that the confirmation was declined", async () => {
  const args = ["payment", "capture", paymentId, "--amount", "1", "--json"];
  const running = start(args, variables, true);
  await expect.poll(running.output, { timeout: 15_000, interval: 5 }).toContain('Type "yes" to go on: ');
  running.write("no\n");
  const { code, output } = await running.ended;
  expect([code, output]).toEqual([1, expect.stringMatching(/"code": "declined"/)]);
  expect(captured()).toEqual([]);
});
