export { collectBrowser } from "./collect-browser.js";
export { followStep } from "./follow-step.js";
export type { PaymentStep } from "../checkout/next-step.js";
export type { FormField } from "../checkout/form-fields.js";
export type { Browser } from "../../generated/schema.js";
