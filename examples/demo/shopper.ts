import { DemoError } from "./demo-error.js";

/**
 * Submits the form of the payment page as a browser would, and returns the URL it redirects to. Works only with the
 * simulator.
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
  if (pay === undefined) throw new DemoError(`${pageUrl} has no pay button.`);
  form.set(attribute(pay, "name") ?? "", "pay");
  const answer = await fetch(pageUrl, { method: "POST", body: form, redirect: "manual" });
  const back = answer.headers.get("location");
  if (back === null)
    throw new DemoError(
      `${pageUrl} answered with ${String(answer.status)} instead of redirecting to the shop`,
    );
  return back;
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
}
