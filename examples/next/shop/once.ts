const kept = globalThis as { purseShop?: Map<string, unknown> };

/**
 * Next may load a module more than once in a process, in development at each change. What there must be one of (the
 * client with its access token, the receiver that knows what was handled) is kept outside of modules.
 */
export function once<T>(name: string, make: () => T): T {
  const things = (kept.purseShop ??= new Map());
  if (!things.has(name)) things.set(name, make());
  return things.get(name) as T; // Whoever asks under a name has made it with the same function.
}
