import { readFile } from "node:fs/promises";
import { getSigningJwks } from "../../../generated/operations.js";
import type { Payment, PurseJsonWebKeySet, RedirectionClaims } from "../../../generated/schema.js";
import { isPurseError } from "../../errors/union.js";
import type { Purse } from "../../client.js";
import type { FetchFunction } from "../../http/fetch-like.js";
import type { RedirectionVerifier } from "../../redirection/verifier.js";
import { UsageError, type Arguments } from "../arguments.js";
import { createClient } from "../client.js";
import { deadlineOption, jsonOption, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { readEnvironment } from "../environment.js";
import { oneLine, table, toJson } from "../presentation.js";
import { describeError, errorJson, errorMembers, interrupted, type ErrorMembers } from "../report.js";
import type { Terminal } from "../terminal.js";
import { describePayment } from "./payment-get.js";

export const redirectVerify: Command = {
  name: "redirect verify",
  summary: "Checks the signed token that a shopper came back with.",
  operands: ["URL_OR_TOKEN"],
  options: {
    session: { value: "ID", help: "the session that the shopper was sent to pay; any other is refused" },
    jwks: { value: "FILE", help: "check against the keys in this file, without fetching any" },
    payment: { help: "also read the payment that the token names" },
    ...jsonOption,
    ...deadlineOption,
  },
  notes:
    'Use "-" to read the address from standard input. In scripts, put -- before the address (--session ID -- "$URL"):\n' +
    "nothing after -- is read as an option. Without --jwks the keys come from PURSE_ENVIRONMENT or PURSE_BASE_URL.\n" +
    "Credentials are needed only for --payment.\n" +
    "Exit codes: 0 genuine, 1 not genuine, 3 no verdict (no keys, or the payment could not be read).",
  async run({ args, terminal, signal }) {
    const [operand = ""] = args.operands;
    const input = operand === "-" ? await readInput(terminal, args, signal) : operand;
    if (input === undefined) return exitCodes.unknown;
    const session = args.text("session");
    // Created first, so that missing credentials are reported before the verdict.
    const purse = args.has("payment") ? createClient(args, { fetch: fetchWhile(signal) }) : undefined;
    const verifier = await createVerifier(args, purse, signal);
    let claims: RedirectionClaims;
    try {
      claims = await verifier.verify(input, session === undefined ? {} : { clientSessionId: session });
    } catch (error) {
      const isVerdict =
        isPurseError(error) && error.code === "redirection" && error.reason !== "keys_unavailable";
      if (!isVerdict) throw error;
      if (args.has("json")) terminal.print(toJson({ genuine: false, reason: error.reason }));
      else
        terminal.print(oneLine(` (${error.reason}) ${error.message}`), {
          tone: "fail",
          text: "✗ NOT GENUINE",
        });
      return exitCodes.failed;
    }
    const reading = await readPayment(purse, claims, signal);
    const open = notProven(claims, {
      hasSession: session !== undefined,
      isRead: reading?.payment !== undefined,
    });
    if (args.has("json")) {
      const { payment, error } = reading ?? {};
      terminal.print(toJson({ genuine: true, claims, not_proven: open, payment, error }));
    } else {
      terminal.print("", { tone: "pass", text: "✓ GENUINE: signed by the service" });
      const shown = Object.entries(claims).map(([name, value]) => [name, String(value)] as const);
      terminal.print(table(shown));
      terminal.print(["Not proven:", ...open.map((line) => `  - ${line}`)].join("\n"));
      if (reading?.payment !== undefined) terminal.print(`\n${describePayment(reading.payment)}`);
    }
    if (reading?.fault === undefined) return exitCodes.ok;
    for (const line of reading.fault) await terminal.tell(line);
    return exitCodes.unknown;
  },
};

/** Undefined when the command was interrupted meanwhile. */
async function readInput(
  terminal: Terminal,
  args: Arguments,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return (await terminal.readInput(signal)).trim();
  } catch (error) {
    if (!signal.aborted) throw error;
    if (args.has("json")) terminal.print(errorJson(interrupted));
    await terminal.tell("Interrupted. The token was not checked.");
    return undefined;
  }
}

/** Lets Ctrl-C end the wait for keys, because a verification takes no signal. */
function fetchWhile(signal: AbortSignal): FetchFunction {
  return (url, init) => {
    const signals = [signal, ...(init.signal instanceof AbortSignal ? [init.signal] : [])];
    return fetch(url, { ...init, signal: AbortSignal.any(signals) });
  };
}

async function createVerifier(
  args: Arguments,
  purse: Purse | undefined,
  signal: AbortSignal,
): Promise<RedirectionVerifier> {
  // Loaded on demand: it loads jose, which no other command needs.
  const { createRedirectionVerifier } = await import("../../redirection/standalone.js");
  const file = args.text("jwks");
  if (file !== undefined) return createRedirectionVerifier({ keys: await readKeys(file) });
  if (purse !== undefined) return purse.redirection;
  const isSet = (name: string): boolean => (process.env[name] ?? "") !== "";
  if (isSet("PURSE_CLIENT_ID") && isSet("PURSE_CLIENT_SECRET"))
    return createClient(args, { fetch: fetchWhile(signal) }).redirection;
  return createRedirectionVerifier({
    jwksUrl: readEnvironment().baseUrl + getSigningJwks.path,
    fetch: fetchWhile(signal),
  });
}

async function readKeys(file: string): Promise<PurseJsonWebKeySet> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as PurseJsonWebKeySet; // The verifier checks it.
  } catch {
    throw new UsageError("--jwks must name a readable file with a JSON Web Key Set.");
  }
}

interface Reading {
  readonly payment?: Payment;
  /** Why it could not be read: as lines, and for programs. */
  readonly fault?: readonly string[];
  readonly error?: ErrorMembers;
}

async function readPayment(
  purse: Purse | undefined,
  { payment_id: id }: RedirectionClaims,
  signal: AbortSignal,
): Promise<Reading | undefined> {
  if (purse === undefined) return undefined;
  if (id === undefined) {
    const message = "The token names no payment: the session ended without one.";
    return { fault: [message], error: { code: "no_payment", message } };
  }
  try {
    return { payment: await purse.payments.retrieve(id, { signal }) };
  } catch (error) {
    if (isPurseError(error)) return { fault: describeError(error), error: errorMembers(error) };
    throw error;
  }
}

function notProven(claims: RedirectionClaims, known: { hasSession: boolean; isRead: boolean }): string[] {
  return [
    ...(known.isRead
      ? []
      : ["that the order is paid: the token shows the state when the shopper left; read the payment"]),
    ...(known.hasSession ? [] : ["that it belongs to your order: pass --session with the order's session"]),
    ...("exp" in claims ? [] : ["that it is fresh: it has no expiry, so it can be used again"]),
    "that the payment is for your order's amount: compare them",
  ];
}
