import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { Purse, PurseConnectionError, PurseOutcomeUnknownError } from "../../src/index.js";
import { makeCertificate } from "../support/certificates.js";
import { failureAs, renderingsOf } from "../support/failures.js";

test("a self-signed certificate is seen on the error, whether the call was a read or a change", async () => {
  const { cert, key } = makeCertificate("self-signed");
  let requests = 0;
  const server = createServer({ cert, key }, (_, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  const purse = new Purse({
    baseUrl: `https://127.0.0.1:${String(port)}`,
    clientId: "id",
    clientSecret: "client-secret",
    maxRetries: 0,
    // Tokens come from elsewhere, as behind a gateway of one's own.
    fetch: (url, init) =>
      url.endsWith("/oauth/token")
        ? Promise.resolve(Response.json({ access_token: "a-token", token_type: "Bearer" }))
        : fetch(url, init),
  });
  try {
    const read = await failureAs(PurseConnectionError, purse.payments.retrieve("payment-1"));
    const change = await failureAs(
      PurseOutcomeUnknownError,
      purse.payments.capture("payment-1", { amount: 3000 }),
    );
    for (const error of [read, change]) {
      expect(error.cause).toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
      expect(renderingsOf(error)).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    }
    expect(requests).toBe(0);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
