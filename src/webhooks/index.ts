export { webhookChangeValues, type WebhookChange } from "./once/diff-states.js";
export { createWebhookHandler, type WebhookHandlerOptions } from "./handler.js";
export { createMemoryWebhookStore, type MemoryWebhookStoreOptions } from "./stores/memory-store.js";
export type { ReceiveWebhookOptions } from "./delivery/options.js";
export { isPaymentFor, type PaymentExpectation } from "./payment-for.js";
export type { WebhookErrorContext } from "./once/call-and-ignore-errors.js";
export type { PaymentReader } from "./delivery/read-payment.js";
export type { ReceivedWebhook } from "./delivery/receive.js";
export {
  createRedisWebhookStore,
  type RedisCallClient,
  type RedisSendCommandClient,
  type RedisWebhookStoreOptions,
} from "./stores/redis-store.js";
export type { WebhookContext, WebhookEvent, WebhookHandler, WebhookHandlers } from "./router.js";
export {
  createWebhookSecretHeader,
  defaultSecretHeader,
  type WebhookSecretHeaderInput,
} from "./delivery/secret.js";
export { isWebhookSourceAddress, webhookSourceAddresses } from "./delivery/source-addresses.js";
export type { WebhookStore } from "./stores/store.js";
export type { PaymentSummary } from "./once/payment-state.js";
export type { SqlDialect } from "../sql/dialect.js";
export { createSqlStore, type SqlWebhookStore, type SqlWebhookStoreOptions } from "./stores/sql-store.js";
