import { constants } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { createServer, type Server, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { Agent, type Client } from "undici";
import { afterEach, describe, expect, it, vi } from "vitest";
import { provesNotSent } from "../../../src/http/failure.js";
import { createUndiciFetch, type FetchLike } from "../../../src/undici/index.js";
import { makeCertificate } from "../../support/certificates.js";
import { rejectionOf } from "../../support/failures.js";
import { fetchText } from "./read.js";

const authority = makeCertificate("Authority of the tests");
const stranger = makeCertificate("Authority of a stranger");
const own = makeCertificate("server", authority);

const post = { method: "POST", body: "{}" };

/** Over an agent with TLS options of the caller's. */
function fetchWith(connect: NonNullable<Client.Options["connect"]>): FetchLike {
  return createUndiciFetch({ dispatcher: new Agent({ connect }) });
}

describe("TLS over undici", () => {
  const servers: Server[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    vi.unstubAllEnvs();
  });

  /** Says whose certificate it was shown. */
  async function start(
    options: ServerOptions,
    onRequest?: (request: IncomingMessage) => void,
  ): Promise<{ url: string; requests: () => number }> {
    let requests = 0;
    const server = createServer(options, (request, response) => {
      requests += 1;
      if (onRequest !== undefined) {
        onRequest(request);
        return;
      }
      const socket = request.socket as unknown as Pick<TLSSocket, "getPeerCertificate">; // Of an https server.
      const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string } };
      response.end(subject?.CN ?? "no certificate");
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
    return { url: `https://127.0.0.1:${String(port)}/`, requests: () => requests };
  }

  it("trusts an authority that the dispatcher was given, and uses the connection again", async () => {
    const { url } = await start(own);
    const fetch = fetchWith({ ca: [stranger.cert, authority.cert] });
    expect(await fetchText(fetch, url)).toBe("no certificate");
    expect(await fetchText(fetch, url)).toBe("no certificate");
  });

  it("shows the client's certificate where one is asked for", async () => {
    const { url } = await start({ ...own, ca: authority.cert, requestCert: true, rejectUnauthorized: true });
    const { cert, key } = makeCertificate("merchant 1", authority);
    expect(await fetchText(fetchWith({ ca: authority.cert, cert, key }), url)).toBe("merchant 1");
    const refused = await rejectionOf(fetchText(fetchWith({ ca: authority.cert }), url, post));
    expect(provesNotSent(refused)).toBe(false);
  });

  it.each<[string, ServerOptions, FetchLike, RegExp]>([
    [
      "of an authority that is not trusted",
      own,
      createUndiciFetch(),
      /UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET/,
    ],
    ["of another authority", own, fetchWith({ ca: stranger.cert, rejectUnauthorized: true }), /UNABLE_TO/],
    [
      "that has run out",
      makeCertificate("old", authority, -1000),
      fetchWith({ ca: authority.cert, rejectUnauthorized: true }),
      /CERT_HAS_EXPIRED/,
    ],
  ])("refuses a certificate %s, and sends nothing", async (_name, certificate, fetch, code) => {
    const { url, requests } = await start(certificate);
    for (const environment of ["1", "0"]) {
      // The switch that has opened many programs to any server, and that the transport's own agent does not obey.
      vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", environment);
      expect(await rejectionOf(fetch(url, post))).toMatchObject({
        code: expect.stringMatching(code) as string,
      });
    }
    expect(requests()).toBe(0);
  });

  it("treats a certificate that is refused when the request has left as a lost connection", async () => {
    const lastsMs = 5000;
    const brief = makeCertificate("server", authority, lastsMs);
    // Every handshake shows the certificate anew, and the second comes when it has run out.
    const secureOptions = constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION;
    const options: ServerOptions = { ...brief, maxVersion: "TLSv1.2", secureOptions };
    const handshakeAgain = ({ socket }: IncomingMessage): void => {
      setTimeout(() => {
        // Of an https server.
        (socket as unknown as Pick<TLSSocket, "renegotiate">).renegotiate({}, () => undefined);
      }, lastsMs + 1000);
    };
    const { url, requests } = await start(options, handshakeAgain);
    const error = await rejectionOf(fetchWith({ ca: authority.cert })(url, post));
    expect(error).toMatchObject({ code: "CERT_HAS_EXPIRED" });
    expect(requests()).toBe(1);
    expect(provesNotSent(error)).toBe(false);
  });

  it("refuses a server by another name than its certificate's", async () => {
    const { url, requests } = await start(own);
    const elsewhere = url.replace("127.0.0.1", "localhost");
    expect(await rejectionOf(fetchWith({ ca: authority.cert })(elsewhere, post))).toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
    expect(requests()).toBe(0);
  });
});
