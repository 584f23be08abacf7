import * as engine from "../../src/call/engine.js";
import { createResources, type Purse } from "../../src/client.js";
import type { PurseOptions } from "../../src/options.js";
import { manualClock, type ManualClock } from "./manual-clock.js";
import { stubFetch, type Step, type StubFetch } from "./stub-fetch.js";

export const testCredentials = {
  baseUrl: "https://purse.test",
  clientId: "client-id-for-tests",
  clientSecret: "client-secret-for-tests",
  apiKey: "api-key-for-tests",
  entityId: "entity-for-tests",
} as const;

export interface TestClient extends Pick<Purse, keyof Purse>, Omit<StubFetch, "fetch"> {
  readonly clock: ManualClock;
}

export interface TestClientParts {
  readonly options?: PurseOptions;
  readonly tokenSteps?: readonly Step[];
  readonly random?: () => number;
}

/** A client whose network is a list of steps and whose time is the test's. */
export function testClient(steps: readonly Step[], parts: TestClientParts = {}): TestClient {
  const { options, tokenSteps, random = () => 0.5 } = parts;
  const clock = manualClock();
  const { fetch, sent, tokenRequests } = stubFetch(steps, tokenSteps);
  const settings = { ...testCredentials, fetch, ...options };
  // At hand, so that the first call takes no longer than the others.
  const resources = createResources(settings, { clock, random }, () => Promise.resolve(engine));
  return { ...resources, clock, sent, tokenRequests };
}

export const paymentId = "9a14962c-bdcf-49d1-8673-e75dfb48013f";
export const sessionId = "5e3a0862-7cc3-4427-92ba-9e1e9595f571";

/** As much of a payment as the client looks at. */
export function payment(members: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: paymentId, captures: [], refunds: [], voids: [], ...members };
}

/** One that is made as the test's clock starts. */
export function operation(members: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "operation-1",
    status: "SUCCESS",
    amount: 3000,
    created_at: "2026-01-01T00:00:00.000Z",
    ...members,
  };
}

/** The documented answer to a key that was used before. */
export function keyUsed(resourceId: string | undefined = "operation-1"): Record<string, unknown> {
  return {
    type: "urn:eu.purse:write-conflict",
    title: "Conflict",
    status: 409,
    ...(resourceId === "" ? {} : { resource_id: resourceId }),
  };
}

export const paymentParams = {
  amount: 4299,
  currency: "EUR",
  order: { reference: "order-1", net_amount: 4299 },
  split: [],
};
