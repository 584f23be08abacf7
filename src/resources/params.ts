import type {
  CreateClientSessionRequest,
  CreatePaymentLinkRequest,
  CreatePaymentRequest,
  ListEligibleSolutionsRequest,
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

/** Parameters of `paymentLinks.create`. `entity_id` may be left to the client's `entityId`. */
export type CreatePaymentLinkParams = Omit<CreatePaymentLinkRequest, "entity_id"> & {
  entity_id?: string | undefined;
};

/** Parameters of `eligibleSolutions.list`. `entity_id` may be left to the client's `entityId`. */
export type ListEligibleSolutionsParams = Omit<ListEligibleSolutionsRequest, "entity_id"> & {
  entity_id?: string | undefined;
};

/** Parameters of `payments.capture`. */
export type CaptureParams = OperationRequest;

/** Parameters of `payments.refund`. */
export type RefundParams = OperationRequest;

/** Parameters of `payments.void`. */
export type VoidParams = OperationRequest;
