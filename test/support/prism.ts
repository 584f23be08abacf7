import prismCore from "@stoplight/prism-core";
import prismHttp from "@stoplight/prism-http";
import prismServer from "@stoplight/prism-http-server";

export const specFile = "openapi/purse-payment-api-v2.yaml";

export interface PrismMock {
  url: string;
  close(): Promise<void>;
}

/** A Prism mock of the spec on a free port, which refuses requests and answers that violate it. */
export async function startPrismMock(): Promise<PrismMock> {
  const operations = await prismHttp.getHttpOperationsFromSpec(specFile);
  const server = prismServer.createServer(operations, {
    cors: false,
    components: { logger: prismCore.createLogger("mock", { level: "silent" }) },
    config: {
      isProxy: false,
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      errors: true,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
  });
  const url = await server.listen(0, "127.0.0.1");
  return { url, close: () => server.close() };
}
