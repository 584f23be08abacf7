import type { Settings } from "../context.js";

/** {@link Settings} as options, all with defaults. */
export type SettingsOptions = { -readonly [Name in keyof Settings]?: Settings[Name] };

export function toSettings(options: SettingsOptions): Settings {
  const {
    clientId = "demo-client",
    clientSecret = "demo-secret",
    apiKey = "2f1b9a52-6f0e-4c9e-9d5e-0a6c0d4f7b11",
    requireApiKey = false,
    entityId = "8f093776-fb6d-41ef-b0f9-e6c49ab1fb0a",
    tokenLifetimeSeconds = 3600,
    sessionLifetimeMs = 30 * 60 * 1000,
    paymentLinkLifetimeMs = 7 * 24 * 60 * 60 * 1000,
    settlementDelayMs = 5 * 60 * 1000,
    merchantName = "",
  } = options;
  return {
    clientId,
    clientSecret,
    apiKey,
    requireApiKey,
    entityId,
    tokenLifetimeSeconds,
    sessionLifetimeMs,
    paymentLinkLifetimeMs,
    settlementDelayMs,
    merchantName,
  };
}
