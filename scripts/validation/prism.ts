import prismCore from "@stoplight/prism-core";
import prismHttp from "@stoplight/prism-http";
import prismServer from "@stoplight/prism-http-server";
import { runBehaviour, type Exchange } from "./behaviour-run.js";

const specFile = "openapi/purse-payment-api-v2.yaml";

interface Violation {
  readonly location: readonly string[];
  readonly severity: string;
  readonly message: string;
}

/** Said of a Basic password with a colon in it, which RFC 7617 allows. */
const refusesColons = "Invalid security scheme used";

/** Prism's proxy; gives what failed. */
export async function validateWithPrism(upstream: string): Promise<string[]> {
  const server = prismServer.createServer(await prismHttp.getHttpOperationsFromSpec(specFile), {
    cors: false,
    components: { logger: prismCore.createLogger("proxy", { level: "silent" }) },
    config: {
      isProxy: true,
      upstream: new URL(upstream),
      upstreamProxy: undefined,
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      // Everything passes, and what is wrong is said in a header: a refusal by Prism would hide the simulator's answer.
      errors: false,
      mock: { dynamic: false },
    },
  });
  const url = await server.listen(0, "127.0.0.1");
  try {
    const { passed, exchanges } = await runBehaviour(url);
    const failures = exchanges.flatMap(failuresOf);
    console.log(
      `Prism: ${String(exchanges.length)} exchanges validated, ${String(failures.length)} violations`,
    );
    return passed ? failures : ["the behaviour tests failed behind Prism's proxy", ...failures];
  } finally {
    await server.close();
  }
}

function failuresOf({ method, pathname, status, violations }: Exchange): string[] {
  if (violations === "") return [];
  // Cut off by Prism when there are very many; then it is no JSON any more.
  const found = violations.startsWith("[") ? (JSON.parse(violations) as Violation[]) : [];
  if (found.length === 0) return [`${method} ${pathname} ${String(status)}: ${violations.slice(0, 300)}`];
  return found
    .filter(({ location }) => location[0] !== "request" || status < 400)
    .filter(({ message }) => message !== refusesColons)
    .map(
      ({ location, message }) => `${method} ${pathname} ${String(status)}: ${location.join(".")} ${message}`,
    );
}
