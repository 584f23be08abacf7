import type { createEngine, Engine } from "./engine.js";
import type { RawAnswer } from "./resolve.js";
import { notLoaded } from "./on-demand.js";
import { prepareCall, type CallDescription } from "./prepare.js";
import { toPursePromise, type PursePromise, type PurseResponse } from "./purse-promise.js";
import type { Runtime, Settings } from "./settings.js";

/** Makes API calls for the resources. */
export interface Caller {
  /** `T` is the answer's type by the spec. Answers are not validated: money that moved must never become an error. */
  execute<T>(call: CallDescription): PursePromise<T>;
  /** As {@link Caller.execute}, but every answer that leaves no doubt is a result, and a used key is one as well. */
  exchange(call: CallDescription): Promise<RawAnswer>;
  /** For what is not a single call. @param name what to name in the error if the engine cannot be loaded. */
  engine(name: string): Promise<Engine>;
}

export type EngineLoader = () => Promise<{ readonly createEngine: typeof createEngine }>;

/**
 * Checks a call synchronously and leaves the rest to the engine. The engine is one file, loaded before the first request:
 * all that a call may need after it was sent is there by then.
 */
export function createCaller(settings: Settings, runtime: Runtime, load: EngineLoader): Caller {
  const { apiKey, entityId, limits: defaults } = settings;
  const client = { defaults, apiKey, entityId };
  let engine: Engine | undefined;
  // The promise is not shared: some platforms end it together with the request that began it.
  const loadEngine = async (name: string): Promise<Engine> => {
    const code = await load().catch(() => notLoaded(name));
    return (engine ??= code.createEngine(settings, runtime));
  };

  async function perform(description: CallDescription): Promise<PurseResponse<unknown>> {
    const call = prepareCall(description, client);
    return (engine ?? (await loadEngine(call.operation.operationId))).perform(call);
  }

  return {
    execute<T>(call: CallDescription): PursePromise<T> {
      // The spec's word for what the operation answers, see Caller.
      return toPursePromise(perform(call) as Promise<PurseResponse<T>>);
    },
    async exchange(description) {
      const call = prepareCall(description, client);
      return (engine ?? (await loadEngine("purse.api"))).performRaw(call);
    },
    engine: async (name) => engine ?? loadEngine(name),
  };
}
