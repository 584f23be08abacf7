import { PurseConfigurationError } from "../errors/configuration-error.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { checkSecrets } from "../webhooks/delivery/secret.js";

/**
 * The secret that webhooks carry: `PURSE_WEBHOOK_SECRET`, if it is set.
 *
 * @throws PurseConfigurationError when it cannot be sent in a header, or is too short.
 */
export function readWebhookSecret(): string | undefined {
  const secret = process.env["PURSE_WEBHOOK_SECRET"];
  if (secret === undefined) return undefined;
  try {
    checkSecrets([secret]);
    return secret;
  } catch (error) {
    if (!(error instanceof PurseInvalidArgumentError)) throw error;
    const complaint = error.message.slice(error.argument.length);
    throw new PurseConfigurationError(`PURSE_WEBHOOK_SECRET${complaint}`);
  }
}
