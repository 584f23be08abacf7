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

/** Ids of the operations that the API description lists. */
export type OperationId = {
  [Name in keyof Table]: Table[Name] extends OperationEntry ? Name : never;
}[keyof Table];

/** By name, not through the module's namespace: bundlers would keep that, with all it holds, in the client as well. */
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

/** The operation that a request means, if it is one of the API. */
export function findOperation(method: string, path: string): OperationEntry | undefined {
  return listOperations().find((operation) => operation.method === method && fits(operation.path, path));
}

/** What stands in the path where the operation has its id; undefined where it has none. */
export function findResourceId({ path: template }: OperationEntry, path: string): string | undefined {
  return path.split("/")[template.split("/").indexOf("{id}")];
}

/** A route of the router as the API description would write it. */
export function toTemplate(route: string): string {
  return route.replaceAll(/:(\w+)/g, "{$1}");
}

/** Whether the path is one that the template stands for. */
export function fits(template: string, path: string): boolean {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return false;
  return wanted.every(
    (step, index) => step === given[index] || (/^\{.*\}$/.test(step) && given[index] !== ""),
  );
}
