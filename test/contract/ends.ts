import type { OperationEntry } from "../../generated/operations.js";
import {
  PurseAuthenticationError,
  PurseBadRequestError,
  PurseIdempotencyConflictError,
  PurseNotFoundError,
  PurseOutcomeUnknownError,
  PursePermissionError,
  PurseServerError,
  PurseTokenError,
  type PurseError,
} from "../../src/index.js";

/** How a call has to end. */
export type End =
  | { readonly kind: "answer" }
  /** The key was used: the client reads the payment and finds, or does not find, its own operation. */
  | { readonly kind: "recovered" }
  | { readonly kind: "error"; readonly error: abstract new (...values: never[]) => PurseError };

const errors: Readonly<Record<number, abstract new (...values: never[]) => PurseError>> = {
  400: PurseBadRequestError,
  401: PurseAuthenticationError,
  403: PursePermissionError,
  404: PurseNotFoundError,
  409: PurseIdempotencyConflictError,
};

/** The operation that the documented 409 names, in the documented payment: the capture of the documented case. */
const recoverable = "capturePayment";

/** How the client has to end for a status; one that nothing is said of fails the run. */
export function endOf(operation: OperationEntry, status: number): End {
  if (status === 200) return { kind: "answer" };
  const fails = (error: abstract new (...values: never[]) => PurseError): End => ({ kind: "error", error });
  // No token: the call that needed one was not sent, so nothing is unknown.
  if (operation.authentication === "client" && [400, 401, 404].includes(status))
    return fails(PurseTokenError);
  if (status === 409 && operation.operationId === recoverable) return { kind: "recovered" };
  // The operation that these examples name is not in the documented payment.
  if (status === 409 && operation.operationList !== undefined) return fails(PurseOutcomeUnknownError);
  const error = errors[status];
  if (error !== undefined) return fails(error);
  if ([500, 502, 504].includes(status)) {
    return fails(operation.isRead ? PurseServerError : PurseOutcomeUnknownError);
  }
  throw new Error(
    `${operation.operationId}: nothing says how the client has to end for status ${String(status)}`,
  );
}
