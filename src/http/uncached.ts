/** The part of Next's own `fetch` that shows what it is rendering. */
interface NextFetch {
  readonly __nextGetStaticStore?: () => { getStore(): StaticStore | undefined } | undefined;
}

interface StaticStore {
  readonly isStaticGeneration?: boolean;
  readonly forceStatic?: boolean;
}

/**
 * Keeps Next from answering a request of any method from its data cache. Other runtimes ignore the member. Not
 * `cache: "no-store"`, which adds a Cache-Control header that the API reads, and which some Workers refuse. But only
 * `no-store` ends a static render in all versions of Next before anything is sent.
 */
export function uncached(): RequestInit & { readonly next?: object } {
  const fetch = globalThis.fetch as NextFetch | undefined;
  const render = fetch?.__nextGetStaticStore?.()?.getStore();
  const isEnded = render?.isStaticGeneration === true && render.forceStatic !== true;
  return isEnded ? { cache: "no-store" } : { next: { revalidate: 0 } };
}
