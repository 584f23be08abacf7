import type { ShopSettings } from "../shop.js";
import type { ShopDatabase } from "./database.js";

/**
 * The shop's own secrets, from the environment; what is not set there is made up once and kept beside the orders, so that
 * an example that was restarted still knows its shoppers and its webhooks.
 */
export function readSettings(
  database: ShopDatabase,
  env: Readonly<Record<string, string | undefined>>,
  defaultBaseUrl: string,
): ShopSettings {
  database.exec("create table if not exists secrets (name text primary key, value text not null) strict");
  const keep = database.prepare(
    "insert into secrets (name, value) values (?, ?) on conflict (name) do nothing",
  );
  const select = database.prepare("select value from secrets where name = ?");
  const secret = (name: string, bytes: number): string => {
    keep.run(name, Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("base64url"));
    return (select.get(name) as { value: string }).value; // Inserted just now, or before.
  };
  const chosen = (variable: string, name: string, bytes: number, shortest: number): string => {
    const value = env[variable] ?? secret(name, bytes);
    if (value.length >= shortest) return value;
    throw new Error(
      `${variable} is too short; give it at least ${String(shortest)} characters, or leave it unset.`,
    );
  };
  const lookEverySeconds = Number(env["SHOP_LOOK_EVERY_SECONDS"] ?? 1);
  if (!(lookEverySeconds >= 0.1)) {
    throw new Error("SHOP_LOOK_EVERY_SECONDS must be a number of seconds, at least 0.1.");
  }
  return {
    baseUrl: (env["SHOP_BASE_URL"] ?? defaultBaseUrl).replace(/\/$/, ""),
    cookieSecret: chosen("SHOP_COOKIE_SECRET", "cookie", 32, 16),
    webhookSecret: chosen("SHOP_WEBHOOK_SECRET", "webhook", 32, 16),
    officePassword: chosen("SHOP_OFFICE_PASSWORD", "office", 9, 8),
    lookEveryMs: lookEverySeconds * 1000,
  };
}
