import {
  abortClientSession,
  capturePayment,
  createAccessToken,
  createClientSession,
  createPayment,
  createPaymentLink,
  getClientSession,
  getPayment,
  getSigningJwks,
  listEligibleSolutions,
  refundPayment,
  voidPayment,
  type OperationEntry,
} from "../../../generated/operations.js";
import type * as table from "../../../generated/operations.js";

type Table = typeof table;

/** Operation ids in the API description. */
export type OperationId = {
  [Name in keyof Table]: Table[Name] extends OperationEntry ? Name : never;
}[keyof Table];

/** Listed by name: with a namespace import, bundlers would keep the whole module in the client as well. */
const operations: Readonly<Record<OperationId, OperationEntry>> = {
  abortClientSession,
  capturePayment,
  createAccessToken,
  createClientSession,
  createPayment,
  createPaymentLink,
  getClientSession,
  getPayment,
  getSigningJwks,
  listEligibleSolutions,
  refundPayment,
  voidPayment,
};

export function listOperations(): readonly OperationEntry[] {
  return Object.values(operations);
}

export function isOperationId(value: unknown): value is OperationId {
  return listOperations().some(({ operationId }) => operationId === value);
}

export function findOperation(method: string, path: string): OperationEntry | undefined {
  return listOperations().find(
    (operation) => operation.method === method && matchesTemplate(operation.path, path),
  );
}

/** The id in the path, if the operation has one. */
export function findResourceId({ path: template }: OperationEntry, path: string): string | undefined {
  return path.split("/")[template.split("/").indexOf("{id}")];
}

/** A router path in the syntax of the API description: `{id}` for `:id`. */
export function toTemplate(route: string): string {
  return route.replaceAll(/:(\w+)/g, "{$1}");
}

export function matchesTemplate(template: string, path: string): boolean {
  const expected = template.split("/");
  const given = path.split("/");
  if (expected.length !== given.length) return false;
  return expected.every(
    (step, index) => step === given[index] || (/^\{.*\}$/.test(step) && given[index] !== ""),
  );
}
