import { constants } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { createServer, type Server, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { afterEach, describe, expect, it, vi } from "vitest";
import { provesNotSent } from "../../../src/http/failure.js";
import { createNodeFetch } from "../../../src/node-transport/index.js";
import { makeCertificate } from "../../support/certificates.js";

const authority = makeCertificate("Authority of the tests");
const stranger = makeCertificate("Authority of somebody else");
const own = makeCertificate("server", authority);

describe("TLS of the Node transport", () => {
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
      response.end(subject?.CN ?? "nobody");
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
    return { url: `https://127.0.0.1:${String(port)}/`, requests: () => requests };
  }

  it("trusts an authority that it was given, and uses the connection again", async () => {
    const { url } = await start(own);
    const nodeFetch = createNodeFetch({ ca: authority.cert });
    expect(await (await nodeFetch(url)).text()).toBe("nobody");
    expect(await (await nodeFetch(url)).text()).toBe("nobody");
    nodeFetch.close();
    expect(
      await (await createNodeFetch({ ca: [stranger.cert, Buffer.from(authority.cert)] })(url)).text(),
    ).toBe("nobody");
  });

  it("shows the client's certificate where one is asked for", async () => {
    const { url } = await start({ ...own, ca: authority.cert, requestCert: true, rejectUnauthorized: true });
    const client = makeCertificate("merchant 1", authority);
    const { cert, key } = client;
    expect(await (await createNodeFetch({ ca: authority.cert, cert, key })(url)).text()).toBe("merchant 1");
    await expect(
      createNodeFetch({ ca: authority.cert })(url, { method: "POST", body: "{}" }),
    ).rejects.toMatchObject({ message: "fetch failed" });
  });

  it.each([
    ["of an authority that is not trusted", own, {}, /UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET/],
    ["of another authority", own, { ca: stranger.cert }, /UNABLE_TO_VERIFY|UNABLE_TO_GET/],
    [
      "that has run out",
      makeCertificate("old", authority, -1000),
      { ca: authority.cert },
      /CERT_HAS_EXPIRED/,
    ],
  ])("refuses a certificate %s, and sends nothing", async (_name, certificate, options, code) => {
    const { url, requests } = await start(certificate);
    for (const environment of ["1", "0"]) {
      // The switch with which many a program was opened to everybody, and that this transport does not obey.
      vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", environment);
      await expect(createNodeFetch(options)(url, { method: "POST", body: "{}" })).rejects.toMatchObject({
        cause: { code: expect.stringMatching(code) as string },
      });
    }
    expect(requests()).toBe(0);
  });

  it("takes a certificate that is refused when the request has left for a lost connection", async () => {
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
    const call = createNodeFetch({ ca: authority.cert })(url, { method: "POST", body: "{}" });
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ cause: { code: "CERT_HAS_EXPIRED" } });
    expect(requests()).toBe(1);
    expect(provesNotSent(error)).toBe(false);
  });

  it("refuses a server by another name than its certificate's", async () => {
    const { url, requests } = await start(own);
    const elsewhere = url.replace("127.0.0.1", "localhost");
    await expect(createNodeFetch({ ca: authority.cert })(elsewhere)).rejects.toMatchObject({
      cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
    });
    expect(requests()).toBe(0);
  });
});
