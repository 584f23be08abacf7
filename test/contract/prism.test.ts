import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as operationTable from "../../generated/operations.js";
import type { OperationEntry } from "../../generated/operations.js";
import { PurseOutcomeUnknownError, PurseTokenError } from "../../src/index.js";
import { failureAs } from "../support/failures.js";
import { startPrismMock, type PrismMock } from "../support/prism.js";
import { calls, idempotencyKey, paymentId, type ContractCall } from "./calls.js";
import { endOf, type End } from "./ends.js";
import { expectByContract, spec } from "./judge.js";
import { record, type Exchange, type Recording } from "./recording.js";
import { contractTable, type ContractRow } from "./table.js";

const entries: ReadonlyMap<string, OperationEntry> = new Map(
  Object.values(operationTable).flatMap((entry) =>
    typeof entry === "object" && "operationId" in entry ? [[entry.operationId, entry]] : [],
  ),
);

interface Case {
  readonly call: ContractCall;
  readonly end: End;
}

/** @throws Error for an operation or a status that has no row here. */
function caseFor({ operationId, status }: Pick<ContractRow, "operationId" | "status">): Case {
  const entry = entries.get(operationId);
  const call = calls[operationId];
  if (entry === undefined || call === undefined) {
    throw new Error(`${operationId} is in the spec, but has no case here`);
  }
  return { call, end: endOf(entry, status) };
}

const rows = contractTable(spec);

describe("every operation × every documented status against a Prism mock of the spec", () => {
  let mock: PrismMock;
  beforeAll(async () => {
    mock = await startPrismMock();
  });
  afterAll(async () => {
    await mock.close();
    const operations = new Set(rows.map(({ operationId }) => operationId)).size;
    console.log(`contract: ${String(operations)} operations, ${String(rows.length)} cases`);
  });

  it.each(rows.map((row) => ({ ...row, title: `${row.operationId} ${String(row.status)} ${row.example}` })))(
    "$title",
    async (row) => {
      const { call, end } = caseFor(row);
      const prefer = `code=${String(row.status)}, example=${row.example}`;
      const recording = record(mock.url, { ...row, prefer });
      await expectEnd(end, call, recording, row);
      const asked = recording.exchanges.filter(({ method, path }) => isOf(row, method, path));
      expect(asked).toHaveLength(1);
      for (const exchange of asked) expectByContract(exchange, row);
      expectNoViolations(recording.exchanges);
    },
  );

  it("refuses what the spec refuses, so that the cases above prove something", async () => {
    const response = await fetch(`${mock.url}/payment/v2/payments/${paymentId}/captures`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer token" },
      body: JSON.stringify({ amount: 1.5 }),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get("sl-violations")).toContain("amount");
  });
});

async function expectEnd(
  end: End,
  call: ContractCall,
  recording: Recording,
  row: ContractRow,
): Promise<void> {
  const { purse, exchanges } = recording;
  const run = async (): Promise<unknown> => call.call(purse);
  if (end.kind === "answer") {
    const answer = await run();
    if (row.isFirstExample) call.expectAnswer(answer);
    return;
  }
  if (end.kind === "recovered") {
    const payment = await run();
    const reading = exchanges.at(-1);
    expect(reading).toMatchObject({ method: "GET", path: `/payment/v2/payments/${paymentId}`, status: 200 });
    expect(reading?.requestHeaders.get("cache-control")).toBeNull();
    expect(payment).toEqual(reading?.answer);
    return;
  }
  const error = await failureAs(end.error, run());
  if (error instanceof PurseOutcomeUnknownError && row.status === 409) {
    // Reading the payment did not show what the answer names, and nothing else was sent.
    expect(error.reason).toBe("recovery_failed");
    expect(exchanges.filter(({ method, status }) => method === "POST" && status === 409)).toHaveLength(1);
    expect(exchanges.at(-1)).toMatchObject({ method: "GET", status: 200 });
    return;
  }
  expect(error.status).toBe(row.status);
  if (error instanceof PurseTokenError) {
    expect(exchanges).toHaveLength(1);
    return;
  }
  const problem = exchanges.find(({ status }) => status === row.status)?.answer;
  expect(problem).toMatchObject({ ...error.problem });
  expect(error.problem).toBeDefined();
  expect(error.idempotencyKey).toBe(row.method === "POST" ? idempotencyKey : undefined);
  if (error instanceof PurseOutcomeUnknownError) expect(error.reason).toBe("server_error");
}

function isOf(row: ContractRow, method: string, path: string): boolean {
  return method === row.method && new RegExp(`^${row.path.replace("{id}", "[^/]+")}$`).test(path);
}

/** Also of the token and of what the client reads on its own. */
function expectNoViolations(exchanges: readonly Exchange[]): void {
  expect(exchanges.filter(({ violations }) => violations !== null)).toEqual([]);
}

describe("the table", () => {
  it("has every operation of the generated table, and no other", () => {
    // Sorted, because bundles keep the order of a module's exports, and modules that are not bundled sort them.
    expect([...new Set(rows.map(({ operationId }) => operationId))].sort()).toEqual(
      [...entries.keys()].sort(),
    );
    expect(Object.keys(calls).sort()).toEqual([...entries.keys()].sort());
  });

  it("fails for an operation that has no case", () => {
    expect(() => caseFor({ operationId: "cancelEverything", status: 200 })).toThrow("has no case here");
  });

  it.each([...entries.keys()])("fails for a status of %s that has no case", (operationId) => {
    for (const status of [202, 418, 429]) {
      expect(() => caseFor({ operationId, status })).toThrow("nothing says how");
    }
  });

  it("fails for answers that cannot be asked for", () => {
    const withAnswer = (status: string, answer: unknown): typeof spec => ({
      ...spec,
      paths: { "/new": { get: { operationId: "getNew", responses: { [status]: answer } } } },
    });
    expect(() => contractTable(withAnswer("default", {}))).toThrow("a single status code");
    expect(() => contractTable(withAnswer("204", {}))).toThrow("no content");
    const content = { "application/json": { schema: {} } };
    expect(() => contractTable(withAnswer("200", { content }))).toThrow("no example");
  });
});
