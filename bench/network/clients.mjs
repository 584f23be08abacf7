import { Agent, request } from "node:http";
import { body } from "../overhead/answers.mjs";

const json = { "content-type": "application/json" };
const form = { amount_to_capture: 3000, metadata: { order: JSON.stringify(body.order) } };

async function overUndici(origin) {
  const { Agent } = await import("undici");
  const dispatcher = new Agent();
  return async (method, path, text) => {
    const headers = text === undefined ? {} : json;
    const { body } = await dispatcher.request({ origin, path, method, headers, body: text });
    return body.json();
  };
}

function overNodeHttp(origin) {
  const agent = new Agent({ keepAlive: true });
  return (method, path, text) =>
    new Promise((resolve, reject) => {
      const headers = text === undefined ? {} : { ...json, "content-length": Buffer.byteLength(text) };
      const outgoing = request(origin + path, { method, agent, headers }, (message) => {
        const chunks = [];
        message.on("data", (chunk) => chunks.push(chunk));
        message.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
        message.on("error", reject);
      });
      outgoing.on("error", reject);
      outgoing.end(text);
    });
}

async function purse(origin, fetch) {
  const { Purse } = await import("../../dist/index.js");
  const client = new Purse({ baseUrl: origin, clientId: "id", clientSecret: "secret", fetch });
  return { get: () => client.payments.retrieve("id"), post: () => client.payments.capture("id", body) };
}

async function stripe(origin, createHttpClient) {
  const { default: Stripe } = await import("stripe");
  const { hostname: host, port } = new URL(origin);
  const httpClient = createHttpClient(Stripe);
  const client = new Stripe("sk_test_bench", { host, port, protocol: "http", telemetry: false, httpClient });
  return {
    get: () => client.paymentIntents.retrieve("pi_1"),
    post: () => client.paymentIntents.capture("pi_1", form),
  };
}

/** Each gives one GET and one POST of the same size against the same server. */
export const clients = {
  async "node:http"(origin) {
    const send = overNodeHttp(origin);
    return {
      get: () => send("GET", "/payment/v2/payments/id"),
      post: () => send("POST", "/payment/v2/payments/id/captures", JSON.stringify(body)),
    };
  },

  async undici(origin) {
    const send = await overUndici(origin);
    return {
      get: () => send("GET", "/payment/v2/payments/id"),
      post: () => send("POST", "/payment/v2/payments/id/captures", JSON.stringify(body)),
    };
  },

  async fetch(origin) {
    const read = async (response) => (await response).json();
    return {
      get: () => read(fetch(`${origin}/payment/v2/payments/id`)),
      post: () => {
        const init = { method: "POST", headers: json, body: JSON.stringify(body) };
        return read(fetch(`${origin}/payment/v2/payments/id/captures`, init));
      },
    };
  },

  async "openapi-fetch"(origin) {
    const { default: createClient } = await import("openapi-fetch");
    const client = createClient({ baseUrl: origin });
    const params = { path: { id: "id" } };
    return {
      get: async () => (await client.GET("/payment/v2/payments/{id}", { params })).data,
      post: async () => (await client.POST("/payment/v2/payments/{id}/captures", { params, body })).data,
    };
  },

  "purse-payments (fetch)": (origin) => purse(origin),

  async "purse-payments (undici)"(origin) {
    const { createUndiciFetch } = await import("../../dist/undici.js");
    return purse(origin, createUndiciFetch());
  },

  "stripe (node:http)": (origin) => stripe(origin, (Stripe) => Stripe.createNodeHttpClient()),

  "stripe (fetch)": (origin) => stripe(origin, (Stripe) => Stripe.createFetchHttpClient()),

  async openai(origin) {
    const { default: OpenAI } = await import("openai");
    const client = new OpenAI({ apiKey: "key", baseURL: origin });
    return {
      get: () => client.get("/payments/id"),
      post: () => client.post("/payments/id/captures", { body }),
    };
  },
};
