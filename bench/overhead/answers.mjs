import { readFileSync } from "node:fs";

/** The answer that every client gets: about 5 kB of JSON, a payment as the API documents one. */
export const answer = readFileSync(new URL("./answer.json", import.meta.url), "utf8");

export const tokenAnswer = '{"access_token":"token","token_type":"Bearer","expires_in":3600}';

/** What every client posts: of about the same size. */
export const body = { amount: 3000, merchant_reference: "CAP-1", order: JSON.parse(answer).order };
