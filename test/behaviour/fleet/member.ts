import KeyvRedis from "@keyv/redis";
import Keyv from "keyv";
import { Purse } from "../../../src/index.js";

/** One process of a fleet: shares its token through Redis, reads one payment, and ends. */
const [serviceUrl = "", redisUrl = "", clientId = "", clientSecret = "", paymentId = ""] =
  process.argv.slice(2);

const tokenStore = new Keyv({ store: new KeyvRedis(redisUrl) });
// A store that is down reports it here as well; the client goes on without it.
tokenStore.on("error", () => undefined);
const purse = new Purse({ baseUrl: serviceUrl, clientId, clientSecret, tokenStore });
const payment = await purse.payments.retrieve(paymentId);
// Ended by hand: closing a connection to a Redis that is not there takes for ever.
process.stdout.write(payment.id, () => process.exit(0));
