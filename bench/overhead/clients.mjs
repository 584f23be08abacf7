import { answer, body, tokenAnswer } from "./answers.mjs";

const headers = { "content-type": "application/json" };

async function stub(url) {
  const address = typeof url === "string" ? url : url.url;
  if (address?.endsWith("/oauth/token")) {
    return new Response(tokenAnswer, { headers });
  }
  return new Response(answer, { headers });
}

const origin = "http://127.0.0.1:4010";

/** Each gives one GET and one POST of the same size through the same stub instead of a network. */
export const clients = {
  async stub() {
    const read = async (response) => (await response).json();
    const post = { method: "POST", headers, body: JSON.stringify(body) };
    return {
      get: () => read(stub(`${origin}/payment/v2/payments/id`)),
      post: () =>
        read(stub(`${origin}/payment/v2/payments/id/captures`, { ...post, body: JSON.stringify(body) })),
    };
  },

  async "openapi-fetch"() {
    const { default: createClient } = await import("openapi-fetch");
    const client = createClient({ baseUrl: origin, fetch: stub });
    const params = { path: { id: "id" } };
    return {
      get: () => client.GET("/payment/v2/payments/{id}", { params }),
      post: () => client.POST("/payment/v2/payments/{id}/captures", { params, body }),
    };
  },

  async "purse-payments"() {
    const { Purse } = await import("../../dist/index.js");
    const purse = new Purse({ baseUrl: origin, clientId: "id", clientSecret: "secret", fetch: stub });
    return { get: () => purse.payments.retrieve("id"), post: () => purse.payments.capture("id", body) };
  },

  async stripe() {
    const { default: Stripe } = await import("stripe");
    const httpClient = Stripe.createFetchHttpClient(stub);
    const stripe = new Stripe("sk_test_bench", { httpClient, telemetry: false });
    return {
      get: () => stripe.paymentIntents.retrieve("pi_1"),
      post: () =>
        stripe.paymentIntents.capture("pi_1", {
          amount_to_capture: 3000,
          metadata: { order: JSON.stringify(body.order) },
        }),
    };
  },

  async openai() {
    const { default: OpenAI } = await import("openai");
    const client = new OpenAI({ apiKey: "key", baseURL: origin, fetch: stub });
    return {
      get: () => client.get("/payments/id"),
      post: () => client.post("/payments/id/captures", { body }),
    };
  },
};
