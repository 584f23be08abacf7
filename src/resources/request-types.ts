import type {
  CreateClientSessionRequest,
  CreatePaymentLinkRequest,
  CreatePaymentRequest,
  ListEligibleSolutionsRequest,
  OperationRequest,
} from "../../generated/schema.js";

// Each is mapped member by member, so that editors show the members and not the name of an internal type.

type WithoutEntity<Request> = Omit<Request, "entity_id"> & {
  /** Entity (business unit) that takes the payment. The client's `entityId`, if left out. */
  entity_id?: string | undefined;
};

type ClientSessionMembers = WithoutEntity<CreateClientSessionRequest>;
type PaymentMembers = WithoutEntity<CreatePaymentRequest>;
type PaymentLinkMembers = WithoutEntity<CreatePaymentLinkRequest>;
type EligibleSolutionsMembers = WithoutEntity<ListEligibleSolutionsRequest>;

/** Parameters of `clientSessions.create`. `entity_id` may be left to the client's `entityId`. */
export type CreateClientSessionParams = { [Name in keyof ClientSessionMembers]: ClientSessionMembers[Name] };

/** Parameters of `payments.create`. `entity_id` may be left to the client's `entityId`. */
export type CreatePaymentParams = { [Name in keyof PaymentMembers]: PaymentMembers[Name] };

/** Parameters of `paymentLinks.create`. `entity_id` may be left to the client's `entityId`. */
export type CreatePaymentLinkParams = { [Name in keyof PaymentLinkMembers]: PaymentLinkMembers[Name] };

/** Parameters of `eligibleSolutions.list`. `entity_id` may be left to the client's `entityId`. */
export type ListEligibleSolutionsParams = {
  [Name in keyof EligibleSolutionsMembers]: EligibleSolutionsMembers[Name];
};

/** Parameters of `payments.capture`. */
export type CaptureParams = { [Name in keyof OperationRequest]: OperationRequest[Name] };

/** Parameters of `payments.refund`. */
export type RefundParams = { [Name in keyof OperationRequest]: OperationRequest[Name] };

/** Parameters of `payments.void`. */
export type VoidParams = { [Name in keyof OperationRequest]: OperationRequest[Name] };
