import { PurseConfigurationError } from "../errors/configuration-error.js";

/** Loads something when it is first used, and keeps it. A load that failed is not kept: the next use tries again. */
export function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}

/** Fails a call whose code cannot be loaded, before anything is sent. */
export function notLoaded(what: string): never {
  throw new PurseConfigurationError(
    `${what} could not be loaded, so nothing was sent. Were files replaced under this process? Then restart it.`,
  );
}
