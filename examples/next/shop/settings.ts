/** Read at the first request, so that `next build` needs no secrets. */
export function setting(name: "PUBLIC_URL" | "WEBHOOK_SECRET" | "KEY_SECRET" | "STAFF_TOKEN"): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set.`);
  return value;
}
