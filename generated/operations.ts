// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.

/** The members of a payment that list operations made with an idempotency key. */
export type OperationList = "captures" | "refunds" | "voids";

/** What the client needs to know of an operation to send it. */
export interface OperationEntry {
  readonly operationId: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Changes nothing, even if the method is POST: may be sent again when its outcome is unknown. */
  readonly isRead: boolean;
  /** `optional`: tried without a token first. `client`: the credentials themselves. */
  readonly authentication: "token" | "optional" | "client";
  /** Whether the service is known to honour the key, and where the payment lists what the key made. */
  readonly idempotency: "none" | "honoured" | "unconfirmed";
  readonly operationList?: OperationList;
  /** Members the request body must have. */
  readonly requiredMembers: readonly string[];
  /** Members of the request body that are called like an option of a call; elsewhere such a name is a mistake. */
  readonly optionLikeMembers?: readonly string[];
  readonly takesEntityId: boolean;
  /** Members of the request body that can have one value only. */
  readonly constantMembers: Readonly<Record<string, string>>;
}

export const createAccessToken: OperationEntry = {
  operationId: "createAccessToken",
  method: "POST",
  path: "/oauth/token",
  isRead: false,
  authentication: "client",
  idempotency: "none",
  requiredMembers: ["grant_type"],
  takesEntityId: false,
  constantMembers: {"grant_type":"client_credentials"},
};

export const createClientSession: OperationEntry = {
  operationId: "createClientSession",
  method: "POST",
  path: "/payment/v2/client-sessions",
  isRead: false,
  authentication: "token",
  idempotency: "unconfirmed",
  requiredMembers: ["entity_id", "amount", "currency", "shopper_redirection_url", "order"],
  takesEntityId: true,
  constantMembers: {},
};

export const getClientSession: OperationEntry = {
  operationId: "getClientSession",
  method: "GET",
  path: "/payment/v2/client-sessions/{id}",
  isRead: true,
  authentication: "token",
  idempotency: "none",
  requiredMembers: [],
  takesEntityId: false,
  constantMembers: {},
};

export const abortClientSession: OperationEntry = {
  operationId: "abortClientSession",
  method: "POST",
  path: "/payment/v2/client-sessions/{id}/abort",
  isRead: false,
  authentication: "token",
  idempotency: "unconfirmed",
  requiredMembers: ["status"],
  takesEntityId: false,
  constantMembers: {"status":"ABORTED_BY_MERCHANT"},
};

export const createPayment: OperationEntry = {
  operationId: "createPayment",
  method: "POST",
  path: "/payment/v2/payments",
  isRead: false,
  authentication: "token",
  idempotency: "unconfirmed",
  requiredMembers: ["entity_id", "amount", "currency", "order", "split"],
  takesEntityId: true,
  constantMembers: {},
};

export const getPayment: OperationEntry = {
  operationId: "getPayment",
  method: "GET",
  path: "/payment/v2/payments/{id}",
  isRead: true,
  authentication: "token",
  idempotency: "none",
  requiredMembers: [],
  takesEntityId: false,
  constantMembers: {},
};

export const capturePayment: OperationEntry = {
  operationId: "capturePayment",
  method: "POST",
  path: "/payment/v2/payments/{id}/captures",
  isRead: false,
  authentication: "token",
  idempotency: "honoured",
  operationList: "captures",
  requiredMembers: ["amount"],
  takesEntityId: false,
  constantMembers: {},
};

export const refundPayment: OperationEntry = {
  operationId: "refundPayment",
  method: "POST",
  path: "/payment/v2/payments/{id}/refunds",
  isRead: false,
  authentication: "token",
  idempotency: "honoured",
  operationList: "refunds",
  requiredMembers: ["amount"],
  takesEntityId: false,
  constantMembers: {},
};

export const voidPayment: OperationEntry = {
  operationId: "voidPayment",
  method: "POST",
  path: "/payment/v2/payments/{id}/voids",
  isRead: false,
  authentication: "token",
  idempotency: "honoured",
  operationList: "voids",
  requiredMembers: ["amount"],
  takesEntityId: false,
  constantMembers: {},
};

export const listEligibleSolutions: OperationEntry = {
  operationId: "listEligibleSolutions",
  method: "POST",
  path: "/payment/v2/eligible-solutions",
  isRead: true,
  authentication: "token",
  idempotency: "none",
  requiredMembers: ["entity_id", "amount", "currency", "order"],
  takesEntityId: true,
  constantMembers: {},
};

export const createPaymentLink: OperationEntry = {
  operationId: "createPaymentLink",
  method: "POST",
  path: "/payment/v2/payment-links",
  isRead: false,
  authentication: "token",
  idempotency: "unconfirmed",
  requiredMembers: ["entity_id", "amount", "currency", "shopper_redirection_url", "order"],
  takesEntityId: true,
  constantMembers: {},
};

export const getSigningJwks: OperationEntry = {
  operationId: "getSigningJwks",
  method: "GET",
  path: "/payment/v2/signing-jwks",
  isRead: true,
  authentication: "optional",
  idempotency: "none",
  requiredMembers: [],
  takesEntityId: false,
  constantMembers: {},
};

export const apiKeyHeader = "x-api-key";
export const idempotencyKeyHeader = "x-idempotency-key";
export const maxAgeHeader = "Cache-Control";

/** Members of request bodies that hold amounts in minor units. */
export const minorUnitMembers: readonly string[] = ["amount", "discount_amount", "net_amount", "tax_amount", "unit_gross_price"];

/** Origins by environment. */
export const environments = {
  sandbox: "https://api.purse-sandbox.com",
  production: "https://api.purse-live.com",
} as const;
