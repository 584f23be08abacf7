import { describe, expect, it } from "vitest";
import type { AnyPurseError } from "../../src/index.js";
import type { Fault } from "../../src/simulator/index.js";
import { calls } from "../contract/calls.js";
import { contractTable, type ContractRow } from "../contract/table.js";
import { spec } from "../contract/judge.js";
import { simulate } from "../support/simulated.js";

/** The client resolves a conflict of a used key by reading; the idempotency tests cover that. */
const isUsedKey = ({ operationId, status }: ContractRow): boolean =>
  status === 409 && ["capturePayment", "refundPayment", "voidPayment"].includes(operationId);

/** Statuses that the simulator answers only with a fault; other tests cover 401. */
const failures = contractTable(spec)
  .filter((row) => row.status >= 400 && row.status !== 401 && !isUsedKey(row))
  // The names in the spec and the table are the same, but only the table's are typed.
  .map(({ operationId, status }) => ({
    operationId: operationId as NonNullable<Fault["operation"]>,
    status,
  }));

describe("a documented error status, injected", () => {
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
