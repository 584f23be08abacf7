export { webhookChangeValues, type WebhookChange } from "./changes.js";
export { createWebhookHandler, type WebhookHandlerOptions } from "./handler.js";
export { createMemoryWebhookStore, type MemoryWebhookStoreOptions } from "./memory-store.js";
export type { ReceiveWebhookOptions } from "./options.js";
export { isPaymentFor, type PaymentExpectation } from "./payment-for.js";
export type { WebhookErrorContext } from "./quietly.js";
export type { PaymentReader } from "./read-back.js";
export type { ReceivedWebhook } from "./receive.js";
export {
  createRedisWebhookStore,
  type RedisCallClient,
  type RedisSendCommandClient,
  type RedisWebhookStoreOptions,
} from "./redis-store.js";
export type { WebhookContext, WebhookEvent, WebhookHandler, WebhookHandlers } from "./router.js";
export { createWebhookSecretHeader, defaultSecretHeader, type WebhookSecretHeaderInput } from "./secret.js";
export { isWebhookSourceAddress, webhookSourceAddresses } from "./source-addresses.js";
export type { SqlDialect } from "../sql/dialect.js";
export { createSqlStore, type SqlWebhookStore, type SqlWebhookStoreOptions } from "./sql-store.js";
export type { WebhookStore } from "./store.js";
export type { PaymentSummary } from "./summary.js";
