export { hostedPageUrl } from "./hosted-page.js";
export {
  decideReturn,
  type ReturnDecision,
  type ReturnExpectation,
  type ReturnReader,
} from "./decide-return.js";
export { paymentOutcome, type PaymentOutcome } from "./payment-outcome.js";
export { nextStep, type PaymentStep } from "./next-step.js";
export type { FormField } from "./form-fields.js";
export type { PaymentExpectation } from "../webhooks/payment-for.js";

export { PurseCheckoutError, type CheckoutRefusal } from "../errors/checkout-error.js";
export { isPurseError } from "../errors/union.js";
