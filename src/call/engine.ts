import { createAccessToken } from "../../generated/operations.js";
import type { AccessToken } from "../../generated/schema.js";
import type { TokenCache } from "../auth/token-cache.js";
import { interruptible, Interruption, startDeadline, type Deadline } from "../http/interruption.js";
import { inspectPayment } from "../idempotency/inspection.js";
import { pollUntil, type Poll } from "./poll.js";
import type { PreparedCall } from "./prepare.js";
import type { PurseResponse } from "./purse-promise.js";
import { redactorForBody } from "./redact.js";
import { resolveRawAnswer, resolveResult, type RawAnswer } from "./resolve.js";
import { startRun, type Run } from "./send.js";
import { createServices, type Services } from "./services.js";
import type { Runtime, Settings } from "./settings.js";
import { toError } from "./to-error.js";
import type { Watched } from "./watch.js";

/** Sends checked calls and finds out what became of them. Loaded with the first call, see `createCaller`. */
export interface Engine {
  readonly perform: (call: PreparedCall) => Promise<PurseResponse<unknown>>;
  readonly performRaw: (call: PreparedCall) => Promise<RawAnswer>;
  readonly retrieveToken: (deadlineMs: number, signal: AbortSignal | undefined) => Promise<AccessToken>;
  readonly poll: <T>(poll: Poll<T>) => Promise<T>;
  readonly inspectPayment: typeof inspectPayment;
}

export function createEngine(settings: Settings, runtime: Runtime): Engine {
  const services = createServices(settings, runtime);
  const performAgain = (call: PreparedCall): Promise<PurseResponse<Record<string, unknown>>> =>
    perform(services, call, (run) => resolveResult(run, performAgain));
  return {
    perform: performAgain,
    performRaw: (call) => perform(services, call, (run) => resolveRawAnswer(run, performAgain)),
    retrieveToken: (deadlineMs, signal) =>
      retrieveToken(services.tokens, startDeadline(runtime.clock, deadlineMs, signal)),
    poll: (poll) => pollUntil(poll, runtime),
    inspectPayment,
  };
}

/** Performs a prepared call and reports it to hooks and logger, if there are any. */
async function perform<T extends Watched>(
  services: Services,
  call: PreparedCall,
  resolve: (run: Run) => Promise<T>,
): Promise<T> {
  const deadline = startDeadline(services.runtime.clock, call.limits.deadlineMs, call.signal);
  const observer = services.observer && (await services.observer());
  const watch = observer?.startCall(call);
  const run = startRun(call, { services, deadline, watch });
  if (watch === undefined) return resolve(run);
  try {
    const result = await resolve(run);
    watch.succeed(result);
    return result;
  } catch (error) {
    watch.fail(error);
    throw error;
  }
}

async function retrieveToken(tokens: TokenCache, deadline: Deadline): Promise<AccessToken> {
  try {
    const value = await interruptible(deadline, undefined, () => tokens.get());
    return {
      access_token: value,
      token_type: "Bearer",
      expires_in: Math.floor(tokens.remainingMs() / 1000),
    };
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    const reason = error.reason === "aborted" ? "aborted" : "deadline";
    throw toError(
      { kind: "interrupted", reason, mayHaveLeft: false },
      createAccessToken,
      {},
      redactorForBody(String),
    );
  }
}
