import { isPurseError } from "../../errors/union.js";
import { needsWarning, readEnvironment, type Environment } from "../environment.js";
import { remedyFor } from "../report.js";
import { fail, pass, warn, type Finding } from "./check.js";

const variables = [
  "PURSE_ENVIRONMENT",
  "PURSE_BASE_URL",
  "PURSE_TOKEN_URL",
  "PURSE_CLIENT_ID",
  "PURSE_CLIENT_SECRET",
  "PURSE_API_KEY",
  "PURSE_ENTITY_ID",
  "PURSE_WEBHOOK_SECRET",
];
const oldestNode = [20, 19] as const;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  if (isEnough) return pass("Node.js", version);
  return fail("Node.js", `${version} is too old`, `Use Node.js ${oldestNode.join(".")} or later.`);
}

/** Names the variables that are set, never their values. */
export function checkVariables(env: Readonly<Record<string, string | undefined>>): Finding {
  // The client treats an empty one as unset.
  const isSet = (name: string): boolean => (env[name] ?? "") !== "";
  const set = variables.filter(isSet);
  const text = `variables set: ${set.length === 0 ? "none" : set.join(", ")}`;
  const needed = ["PURSE_CLIENT_ID", "PURSE_CLIENT_SECRET"].filter((name) => !isSet(name));
  if (!isSet("PURSE_ENVIRONMENT") && !isSet("PURSE_BASE_URL")) needed.push("PURSE_ENVIRONMENT");
  if (needed.length > 0) return fail("configuration", text, `Set ${needed.join(", ")}.`);
  if (isSet("PURSE_ENTITY_ID")) return pass("configuration", text);
  return warn("configuration", text, "Set PURSE_ENTITY_ID: sessions and payments need an entity.");
}

/** Where the calls will go. */
export function checkEnvironment(): Finding {
  try {
    return describe(readEnvironment());
  } catch (error) {
    if (!isPurseError(error)) throw error;
    return fail("environment", error.message, remedyFor(error));
  }
}

function describe(environment: Environment): Finding {
  const text = `${environment.kind}, ${environment.baseUrl}`;
  if (environment.kind === "production") {
    return warn(
      "environment",
      `${text}: REAL MONEY`,
      "Production's host is not confirmed: the documentation and the vendor's own software differ. Ask Purse, and set PURSE_BASE_URL.",
    );
  }
  if (!needsWarning(environment)) return pass("environment", text);
  return warn("environment", text, "Not a known host of Purse: make sure that it is yours.");
}
