// Fails in a call whose answer quotes personal data, and lets the runtime or a logger print the error.
import { inspect } from "node:util";
import bunyan from "bunyan";
import { pino } from "pino";
import { createLogger, format, transports } from "winston";
import { isPurseError, Purse, type AnyPurseError } from "../../../src/index.js";

const quoted = "pan 4111 1111 1111 1111 of Jane Doe";

/** Grants a token, then breaks the connection for the outcome to be in doubt, and refuses every request afterwards. */
function refusingClient(isDoubtful: boolean): Purse {
  let sent = 0;
  return new Purse({
    baseUrl: "http://127.0.0.1:1",
    clientId: "id",
    clientSecret: "client-secret",
    fetch: async (url) => {
      if (url.endsWith("/oauth/token"))
        return Response.json({ access_token: "a-token", token_type: "Bearer" });
      sent += 1;
      await Promise.resolve();
      if (isDoubtful && sent === 1) throw new TypeError("terminated");
      const errors = [{ pointer: "/amount", detail: quoted }];
      return Response.json({ title: "Refused", detail: quoted, errors }, { status: 400 });
    },
  });
}

async function failure(isDoubtful: boolean): Promise<AnyPurseError> {
  const call = refusingClient(isDoubtful).payments.capture("payment-1", { amount: 3000 });
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isPurseError(error)) throw new Error("expected an error of the package");
  return error;
}

const pinoLogger = pino({}, pino.destination({ sync: true }));
const bunyanLogger = bunyan.createLogger({ name: "shop", serializers: bunyan.stdSerializers });
const winstonLoggers = [format.json(), format.prettyPrint({ depth: 10 })].map((chosen) => {
  const whole = format.combine(format.errors({ stack: true, cause: true }), chosen);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston's types call it an interface.
  return createLogger({ format: whole, transports: new transports.Console() });
});

function logWithLoggers(error: Error): void {
  pinoLogger.error(error);
  pinoLogger.error({ err: error, error }, "failed");
  bunyanLogger.error(error);
  bunyanLogger.error({ err: error, error }, "failed");
  for (const winston of winstonLoggers) {
    winston.error(error);
    winston.error("failed", error);
    winston.error("failed", { error });
  }
}

function logWithRuntime(error: Error): void {
  console.error(error);
  console.dir(error, { showHidden: true, depth: null });
  for (const options of [{}, { showHidden: true }, { showHidden: true, getters: true }])
    console.log(inspect(error, { depth: Infinity, ...options }));
  console.log(JSON.stringify(error), String(error), error.stack);
}

function logEverywhere(error: AnyPurseError): void {
  const holders = [
    new Error("order 17 failed", { cause: error }),
    new AggregateError([error], "some orders failed"),
  ];
  for (const each of [error, ...holders]) {
    logWithRuntime(each);
    logWithLoggers(each);
  }
}

const [, , way, kind] = process.argv;
const error = await failure(kind === "doubtful");
if (way === "logged") logEverywhere(error);
if (way === "rejection") void Promise.reject(error);
if (way === "uncaught")
  setTimeout(() => {
    throw error;
  }, 0);
