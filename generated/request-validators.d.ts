// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.

/** One fault found in a request body. */
export interface ValidationFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}
export interface RequestValidator {
  (body: unknown): boolean;
  errors?: readonly ValidationFault[] | null;
}
export declare const TokenRequest: RequestValidator;
export declare const CreateClientSessionRequest: RequestValidator;
export declare const AbortClientSessionRequest: RequestValidator;
export declare const CreatePaymentRequest: RequestValidator;
export declare const OperationRequest: RequestValidator;
