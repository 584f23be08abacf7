const kept = globalThis as { purseShop?: Map<string, unknown> };

/**
 * Next may load a module more than once per process, in development at each change. So single instances (the client with
 * its access token, the receiver that remembers what was handled) are kept outside of modules.
 */
export function once<T>(name: string, make: () => T): T {
  const things = (kept.purseShop ??= new Map());
  if (!things.has(name)) things.set(name, make());
  return things.get(name) as T; // Each name is always used with the same function.
}
