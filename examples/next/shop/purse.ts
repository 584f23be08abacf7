import { Purse } from "purse-payments";
import { once } from "./once";

/** The client. It reads PURSE_ENVIRONMENT or PURSE_BASE_URL, PURSE_CLIENT_ID and so on, and says what is missing. */
export function getPurse(): Purse {
  return once("client", () => new Purse());
}
