import { describe, expect, it } from "vitest";
import type { AnyPurseError } from "../../src/index.js";
import type { Fault } from "../../src/simulator/index.js";
import { calls } from "../contract/calls.js";
import { contractTable, type ContractRow } from "../contract/table.js";
import { spec } from "../contract/judge.js";
import { simulate } from "../support/simulated.js";

/** A used key is a conflict that the client clears up by reading; the tests of idempotency are about that. */
const isUsedKey = ({ operationId, status }: ContractRow): boolean =>
  status === 409 && operationId !== "createPayment";

/** What the simulator has no reason to answer by itself, it answers on demand; a 401 has tests of its own. */
const failures = contractTable(spec)
  .filter((row) => row.status >= 400 && row.status !== 401 && !isUsedKey(row))
  // The spec's names and the table's are the same; the generated type only says so for the latter.
  .map(({ operationId, status }) => ({
    operationId: operationId as NonNullable<Fault["operation"]>,
    status,
  }));

describe("a documented refusal or failure, on demand", () => {
  it.each(failures)("$operationId $status", async ({ operationId, status }) => {
    const { simulator, purse } = simulate({ maxRetries: 0 });
    if (operationId !== "createAccessToken") await purse.accessTokens.retrieve();
    simulator.faults.add({ kind: "error_before", operation: operationId, status });
    const error: unknown = await calls[operationId]?.call(purse).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect((error as AnyPurseError & { status?: number }).status).toBe(status);
    expect(simulator.ledger.entries()).toEqual([]);
  });
});
