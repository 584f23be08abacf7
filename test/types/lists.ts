import {
  authorizationStatusValues,
  type AuthorizationStatus,
  type CardNetwork,
  type KnownAuthorizationStatus,
  type KnownCardNetwork,
  type KnownPaymentLinkStatus,
  type Payment,
  type PaymentLink,
} from "purse-payments";
import type { Equal, Exactly, Expect } from "./assertions.js";

/** Every known value has a branch of its own; what is left is a value that is not known yet, as a string. */
export function describeStatus(status: AuthorizationStatus): string {
  switch (status) {
    case "AUTHORIZED":
    case "PENDING":
      return "go on";
    case "ERROR":
    case "ABORTED":
    case "REFUSED":
      return "pay otherwise";
    default: {
      const unknown: Exactly<typeof status, string & {}> = status;
      return `unknown: ${unknown}`;
    }
  }
}

/** A known value that was forgotten shows in what is left. */
export function forgetsOne(status: AuthorizationStatus): string {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- The compiler has to see it by itself.
  switch (status) {
    case "AUTHORIZED":
    case "PENDING":
    case "ERROR":
    case "ABORTED":
      return status;
    default: {
      // @ts-expect-error REFUSED is left
      const unknown: Exactly<typeof status, string & {}> = status;
      return unknown;
    }
  }
}

/** The closed type has nothing left. */
export function describeKnown(status: KnownAuthorizationStatus): string {
  switch (status) {
    case "AUTHORIZED":
    case "PENDING":
    case "ERROR":
    case "ABORTED":
    case "REFUSED":
      return status;
    default: {
      const nothing: never = status;
      return nothing;
    }
  }
}

export type Lists = [
  Expect<Equal<KnownAuthorizationStatus, "AUTHORIZED" | "PENDING" | "ERROR" | "ABORTED" | "REFUSED">>,
  Expect<Equal<(typeof authorizationStatusValues)[number], KnownAuthorizationStatus>>,
  Expect<Equal<KnownPaymentLinkStatus, "OPENED" | "PAID">>,
  Expect<Equal<Payment["authorization"]["status"], AuthorizationStatus>>,
  Expect<Equal<CardNetwork, KnownCardNetwork | (string & {})>>,
];

// Open: the service may send other values later.
export const unheardOf: AuthorizationStatus = "QUEUED";
export const link: PaymentLink = { status: "EXPIRED" };
// @ts-expect-error closed: only what is known
export const unknown: KnownAuthorizationStatus = "QUEUED";
// @ts-expect-error a list is no place for other types
export const number: AuthorizationStatus = 1;
// @ts-expect-error the arrays are constant
export const changeable: string[] = authorizationStatusValues;
