import type { Purse } from "../../client.js";
import { importKeySet } from "../../redirection/public-keys.js";
import { fail, pass, warn, type Finding } from "./check.js";
import { failure } from "./service.js";

const mostNamed = 10;

/** Fetches the keys that sign redirections and reports which of them are usable. */
export async function checkKeys(purse: Purse): Promise<Finding> {
  let entries: readonly unknown[];
  try {
    const { keys }: { keys?: unknown } = await purse.signingKeys.list({ maxRetries: 0 });
    entries = Array.isArray(keys) ? (keys as unknown[]) : [];
  } catch (error) {
    return failure("keys", error);
  }
  const judged = await Promise.all(entries.map(judge));
  const usable = judged.filter(({ fault }) => fault === undefined).map(({ name }) => name);
  const broken = judged.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name}: ${fault}`]));
  const text = `${String(usable.length)} usable (RS256)${usable.length === 0 ? "" : `: ${list(usable)}`}`;
  if (usable.length === 0) {
    const why = broken.length === 0 ? "the set is empty" : list(broken);
    return fail("keys", `${text}; ${why}`, "No redirection can be verified. Tell Purse.");
  }
  if (broken.length === 0) return pass("keys", text);
  return warn(
    "keys",
    `${text}; not usable: ${list(broken)}`,
    "Tokens signed with these are refused. Tell Purse.",
  );
}

function list(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(", ") + (more > 0 ? ` and ${String(more)} more` : "");
}

/** The library's own verdict on one entry, with the reason if it is obvious. */
async function judge(entry: unknown, index: number): Promise<{ name: string; fault?: string }> {
  const members = typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : {}; // Every member is checked.
  const { kid } = members;
  const isNamed = typeof kid === "string" || typeof kid === "number";
  const name = isNamed ? String(kid).slice(0, 100) : `number ${String(index + 1)}`;
  try {
    await importKeySet({ keys: [entry] });
    return { name };
  } catch {
    return { name, fault: faultOf(members) };
  }
}

function faultOf({ kty, kid, alg, use, n }: Record<string, unknown>): string {
  if (kty !== "RSA") return "not an RSA key";
  if (kid === undefined || kid === "") return "has no kid";
  if (typeof alg === "string" && alg !== "RS256") return `for ${alg.slice(0, 20)}`;
  if (typeof use === "string" && use !== "sig") return "not for signatures";
  const bits = typeof n === "string" ? Buffer.from(n, "base64url").length * 8 : 0;
  return bits > 0 && bits < 2048 ? `weak, ${String(bits)} bits` : "broken";
}
