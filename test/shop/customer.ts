import { officePassword } from "./shop-process.js";

/** A shopper's browser, as far as forms and cookies go. Follows no redirect. */
export interface Customer {
  get(path: string): Promise<Response>;
  post(path: string, form: Readonly<Record<string, string>>): Promise<Response>;
}

export function createCustomer(baseUrl: string): Customer {
  const cookies = new Map<string, string>();
  async function send(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(path, baseUrl), {
      ...init,
      redirect: "manual",
      headers: { cookie, origin: baseUrl },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }
  return {
    get: (path) => send(path, {}),
    post: (path, form) => send(path, { method: "POST", body: new URLSearchParams(form) }),
  };
}

/** The people of the shop. */
export function officeRequest(
  baseUrl: string,
  path: string,
  form?: Readonly<Record<string, string>>,
): Promise<Response> {
  const authorization = `Basic ${btoa(`office:${officePassword}`)}`;
  return fetch(new URL(path, baseUrl), {
    method: form === undefined ? "GET" : "POST",
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    headers: { authorization, origin: baseUrl },
    redirect: "manual",
  });
}

/** Puts so many pieces of a tea into the cart and orders them; gives the order's id and its client session. */
export async function placeOrder(
  customer: Customer,
  cart: Readonly<Record<string, string>>,
): Promise<{ orderId: string; sessionId: string }> {
  const orderId = crypto.randomUUID();
  await customer.post("/cart/pieces", cart);
  const answer = await customer.post("/checkout", { order: orderId, place: "HOSTED_PAGE" });
  const location = answer.headers.get("location") ?? "";
  const sessionId = /\/sessions\/([\da-f-]{36})/.exec(location)?.[1];
  if (sessionId === undefined) throw new Error(`Checkout answered ${String(answer.status)} ${location}`);
  return { orderId, sessionId };
}
