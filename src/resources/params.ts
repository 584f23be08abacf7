import type {
  CreateClientSessionRequest,
  CreatePaymentRequest,
  OperationRequest,
} from "../../generated/schema.js";

/** Parameters of `clientSessions.create`. `entity_id` may be left to the client's `entityId`. */
export type CreateClientSessionParams = Omit<CreateClientSessionRequest, "entity_id"> & {
  entity_id?: string | undefined;
};

/** Parameters of `payments.create`. `entity_id` may be left to the client's `entityId`. */
export type CreatePaymentParams = Omit<CreatePaymentRequest, "entity_id"> & {
  entity_id?: string | undefined;
};

/** Parameters of `payments.capture`. */
export type CaptureParams = OperationRequest;

/** Parameters of `payments.refund`. */
export type RefundParams = OperationRequest;

/** Parameters of `payments.void`. */
export type VoidParams = OperationRequest;
