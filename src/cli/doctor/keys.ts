import type { Purse } from "../../client.js";
import { importKeySet } from "../../redirection/public-keys.js";
import { bad, careful, good, type Finding } from "./check.js";
import { failure } from "./service.js";

const mostNamed = 10;

/** Fetches the keys that redirections are signed with and says which of them are of use. */
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
    return bad("keys", `${text}; ${why}`, "No redirection can be verified. Tell Purse.");
  }
  if (broken.length === 0) return good("keys", text);
  return careful(
    "keys",
    `${text}; not usable: ${list(broken)}`,
    "Tokens signed with those are refused. Tell Purse.",
  );
}

function list(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(", ") + (more > 0 ? ` and ${String(more)} more` : "");
}

/** The library's own verdict on one entry, with a reason as far as one can be seen. */
async function judge(entry: unknown, index: number): Promise<{ name: string; fault?: string }> {
  const members = typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : {}; // Looked at one by one.
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
