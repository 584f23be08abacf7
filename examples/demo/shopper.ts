import { DemoRefusal } from "./refusal.js";

/**
 * Opens the payment page, submits its form as a browser would, and stops at the redirect back to the shop.
 * Only for the simulator: a real payment page needs a person.
 */
export async function payOnHostedPage(pageUrl: string): Promise<string> {
  const page = await fetch(pageUrl);
  const html = await page.text();
  const form = new URLSearchParams();
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, "name");
    if (name !== undefined) form.set(name, attribute(tag, "value") ?? "");
  }
  const buttons = [...html.matchAll(/<button[^>]*>/g)].map(([tag]) => tag);
  const pay = buttons.find((tag) => attribute(tag, "value") === "pay");
  if (pay === undefined) throw new DemoRefusal(`${pageUrl} shows no button to pay with.`);
  form.set(attribute(pay, "name") ?? "", "pay");
  const answer = await fetch(pageUrl, { method: "POST", body: form, redirect: "manual" });
  const back = answer.headers.get("location");
  if (back === null)
    throw new DemoRefusal(
      `${pageUrl} answered with ${String(answer.status)} instead of sending the shopper back`,
    );
  return back;
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
}
