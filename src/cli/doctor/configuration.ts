import { isPurseError } from "../../errors/union.js";
import { isLoud, readPlace, type Place } from "../environment.js";
import { bad, careful, good, type Finding } from "./check.js";

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
  if (isEnough) return good("Node.js", version);
  return bad("Node.js", `${version} is too old`, `Use Node.js ${oldestNode.join(".")} or later.`);
}

/** Which variables are set; never what they hold. */
export function checkVariables(env: Readonly<Record<string, string | undefined>>): Finding {
  // The client counts an empty one as unset.
  const isSet = (name: string): boolean => (env[name] ?? "") !== "";
  const set = variables.filter(isSet);
  const text = `variables set: ${set.length === 0 ? "none" : set.join(", ")}`;
  const needed = ["PURSE_CLIENT_ID", "PURSE_CLIENT_SECRET"].filter((name) => !isSet(name));
  if (!isSet("PURSE_ENVIRONMENT") && !isSet("PURSE_BASE_URL")) needed.push("PURSE_ENVIRONMENT");
  if (needed.length > 0) return bad("configuration", text, `Set ${needed.join(", ")}.`);
  if (isSet("PURSE_ENTITY_ID")) return good("configuration", text);
  return careful(
    "configuration",
    text,
    "Set PURSE_ENTITY_ID: sessions and payments are opened for an entity.",
  );
}

/** Where the calls will go, if that can be told. */
export function checkPlace(): { finding: Finding; place?: Place } {
  try {
    const place = readPlace();
    return { finding: describe(place), place };
  } catch (error) {
    if (!isPurseError(error)) throw error;
    return { finding: bad("environment", error.message, "Correct the variable that the message names.") };
  }
}

function describe(place: Place): Finding {
  const text = `${place.kind}, ${place.baseUrl}`;
  if (place.kind === "production") {
    return careful(
      "environment",
      `${text}: REAL MONEY`,
      "The host of production is not confirmed: documentation and the vendor's own software differ. Ask Purse, and set PURSE_BASE_URL.",
    );
  }
  if (!isLoud(place)) return good("environment", text);
  return careful(
    "environment",
    text,
    "Not a host of Purse's that is known here: make sure that it is yours.",
  );
}
