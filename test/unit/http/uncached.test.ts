import { afterEach, describe, expect, test } from "vitest";
import { createResources } from "../../../src/client.js";
import type { FetchFunction } from "../../../src/http/fetch-like.js";
import { createStandaloneVerifier } from "../../../src/redirection/standalone.js";
import { manualClock } from "../../support/manual-clock.js";
import { signingKey, signToken } from "../../support/signed-tokens.js";
import { answers, grants } from "../../support/stub-fetch.js";
import { payment, paymentId, testCredentials } from "../../support/test-client.js";

type Asked = Record<string, { cache: unknown; next: unknown }>;

/** What the requests of every kind say about caching, by path. */
async function askedOfEveryKind(): Promise<Asked> {
  const key = await signingKey("key-1");
  const token = await signToken(key);
  const asked: Asked = {};
  const fetch: FetchFunction = (url, init) => {
    const { pathname } = new URL(url);
    const { cache, next } = init as RequestInit & { next?: unknown };
    asked[pathname] = { cache, next };
    const answer = pathname.endsWith("/token")
      ? grants("t1")
      : answers(
          200,
          pathname.endsWith("s") && !pathname.endsWith("captures") ? { keys: [key.entry] } : payment(),
        );
    return answer({} as never);
  };
  const clock = manualClock();
  const purse = createResources({ ...testCredentials, fetch }, { clock, random: () => 0.5 });
  await purse.payments.retrieve(paymentId);
  await purse.payments.capture(paymentId, { amount: 3000 });
  await purse.redirection.verify(token);
  await createStandaloneVerifier({ jwksUrl: "https://purse.test/keys", fetch }, clock).verify(token);
  return asked;
}

const paths = [
  "/keys",
  "/oauth/token",
  "/payment/v2/signing-jwks",
  `/payment/v2/payments/${paymentId}`,
  `/payment/v2/payments/${paymentId}/captures`,
].sort();

const platformFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = platformFetch;
});

/** As Next puts its own in the place of `fetch`, with a look at what is being rendered. */
function renderWithNext(store: object | undefined): void {
  globalThis.fetch = Object.assign((...args: Parameters<typeof fetch>) => platformFetch(...args), {
    __nextPatched: true,
    __nextGetStaticStore: () => ({ getStore: () => store }),
  });
}

test("every request asks Next not to keep its answer, in a member that other runtimes ignore", async () => {
  const asked = await askedOfEveryKind();
  expect(Object.keys(asked).sort()).toEqual(paths);
  for (const said of Object.values(asked))
    expect(said).toEqual({ cache: undefined, next: { revalidate: 0 } });
});

describe("in Next", () => {
  test.each([
    ["no render", undefined],
    ["a dynamic render", { isStaticGeneration: false }],
    ["a page that is forced to be static", { isStaticGeneration: true, forceStatic: true }],
  ])("%s: the same, so that no header is added", async (_, store) => {
    renderWithNext(store);
    const asked = await askedOfEveryKind();
    for (const said of Object.values(asked))
      expect(said).toEqual({ cache: undefined, next: { revalidate: 0 } });
  });

  test("a static render: in the form that ends it in every version, before anything is sent", async () => {
    renderWithNext({ isStaticGeneration: true });
    const asked = await askedOfEveryKind();
    expect(Object.keys(asked).sort()).toEqual(paths);
    for (const said of Object.values(asked)) expect(said).toEqual({ cache: "no-store", next: undefined });
  });
});
