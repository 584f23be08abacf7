import * as table from "../../../generated/operations.js";
import { idempotencyKeyHeader, type OperationEntry } from "../../../generated/operations.js";
import type { ClientSession, CreateClientSessionRequest, Payment } from "../../../generated/schema.js";
import type { Simulator } from "../../../src/simulator/index.js";
import { checkAnswer } from "./contract.js";

export interface CallOptions {
  id?: string;
  body?: unknown;
  /** Sent unchanged, instead of `body` as JSON. */
  text?: string;
  key?: string;
  headers?: Record<string, string>;
  token?: string | undefined;
}

export type Send = (url: string, init?: RequestInit) => Promise<Response>;

/** Calls the simulator without the client; every answer is checked against the spec. */
export interface Caller {
  call(operation: OperationEntry, options?: CallOptions): Promise<Response>;
  createSession(changes?: Partial<CreateClientSessionRequest>): Promise<ClientSession>;
  /** Pays the session on the hosted page and returns the payment. */
  pay(changes?: Partial<CreateClientSessionRequest>): Promise<Payment>;
  read(id: string): Promise<Payment>;
  /** Captures, refunds or voids, and expects success. */
  operate(operation: OperationEntry, id: string, amount: number, key?: string): Promise<Payment>;
}

export function sessionRequest(
  simulator: Simulator,
  changes: Partial<CreateClientSessionRequest> = {},
): CreateClientSessionRequest {
  return {
    entity_id: simulator.entityId,
    amount: 5000,
    currency: "EUR",
    shopper_redirection_url: "https://shop.example/return?order=1#top",
    order: { reference: "order-1", net_amount: 5000 },
    ...changes,
  };
}

export async function requestToken(simulator: Simulator, send: Send = simulator.fetch): Promise<string> {
  const response = await send(simulator.baseUrl + table.createAccessToken.path, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${simulator.clientId}:${simulator.clientSecret}`)}` },
    body: new URLSearchParams(table.createAccessToken.constantMembers),
  });
  await checkAnswer(table.createAccessToken, response);
  return ((await response.json()) as { access_token: string }).access_token;
}

export async function connect(simulator: Simulator, send: Send = simulator.fetch): Promise<Caller> {
  const ownToken = await requestToken(simulator, send);

  async function call(operation: OperationEntry, options: CallOptions = {}): Promise<Response> {
    const { id = "", body, text = JSON.stringify(body), key } = options;
    const token = "token" in options ? options.token : ownToken;
    const response = await send(simulator.baseUrl + operation.path.replace("{id}", encodeURIComponent(id)), {
      method: operation.method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(operation.method === "GET" ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { [idempotencyKeyHeader]: key }),
        ...options.headers,
      },
      ...(operation.method === "GET" ? {} : { body: text }),
    });
    await checkAnswer(operation, response);
    return response;
  }

  async function succeed<T>(operation: OperationEntry, options: CallOptions): Promise<T> {
    const response = await call(operation, options);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${operation.operationId}: ${JSON.stringify(answer)}`);
    return answer as T;
  }

  const caller: Caller = {
    call,
    createSession: (changes) =>
      succeed(table.createClientSession, { body: sessionRequest(simulator, changes) }),
    async pay(changes) {
      const { id } = await caller.createSession(changes);
      await simulator.shopper.pay(id);
      const session = await succeed<ClientSession>(table.getClientSession, { id });
      return caller.read(session.payment_id ?? "");
    },
    read: (id) => succeed(table.getPayment, { id }),
    operate: (operation, id, amount, key) =>
      succeed(operation, { id, body: { amount }, ...(key === undefined ? {} : { key }) }),
  };
  return caller;
}
