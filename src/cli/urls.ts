import { UsageError, type Arguments } from "./arguments.js";
import { isLocalHostname } from "./environment.js";

/** An address that the command itself will send to: https, or http on this computer. */
export function readUrl(args: Arguments, option: string): string | undefined {
  const text = args.text(option);
  if (text === undefined) return undefined;
  if (!URL.canParse(text)) throw new UsageError(`--${option} must be an absolute URL.`);
  const url = new URL(text);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLocalHostname(url.hostname));
  if (!isSafe)
    throw new UsageError(`--${option} must start with https://; http:// is for this computer only.`);
  if (url.username === "" && url.password === "") return url.href;
  throw new UsageError(`--${option} must not carry a user name or password.`);
}
