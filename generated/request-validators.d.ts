// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.

/** One fault found in a request body. */
export interface ValidationFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}
export interface RequestValidator<T> {
  (body: unknown): body is T;
  errors?: readonly ValidationFault[] | null;
}
export declare const TokenRequest: RequestValidator<import("./schema.js").TokenRequest>;
export declare const CreateClientSessionRequest: RequestValidator<import("./schema.js").CreateClientSessionRequest>;
export declare const AbortClientSessionRequest: RequestValidator<import("./schema.js").AbortClientSessionRequest>;
export declare const CreatePaymentRequest: RequestValidator<import("./schema.js").CreatePaymentRequest>;
export declare const OperationRequest: RequestValidator<import("./schema.js").OperationRequest>;
export declare const ListEligibleSolutionsRequest: RequestValidator<import("./schema.js").ListEligibleSolutionsRequest>;
export declare const CreatePaymentLinkRequest: RequestValidator<import("./schema.js").CreatePaymentLinkRequest>;
