import type { KnownOperationStatus } from "../../../generated/enums.js";
import type { Payment } from "../../../generated/schema.js";
import type { PurseResponse } from "../../http/purse-promise.js";
import { PurseOutcomeUnknownError } from "../../errors/outcome-unknown-error.js";
import { isPurseError } from "../../errors/purse-error.js";
import { checkIdempotencyKey, newIdempotencyKey } from "../../idempotency/key.js";
import { toMinorUnits } from "../../money/index.js";
import { UsageError, type Arguments } from "../arguments.js";
import { createClient } from "../client.js";
import { deadlineOption, jsonOption, type Command, type CommandContext } from "../command.js";
import { confirm } from "../confirmation.js";
import { exitCodes, type ExitCode } from "../exit-codes.js";
import { describePlace, isLoud, readPlace } from "../place.js";
import { amountText, commandLine, table, toJson } from "../presentation.js";
import { describeError, exitCodeOf, nameOf } from "../report.js";
import { describeOperation } from "./payment-get.js";

type Kind = "capture" | "refund" | "void";

const summaries: Readonly<Record<Kind, string>> = {
  capture: "Takes authorized money. Moves money.",
  refund: "Gives captured money back. Moves money.",
  void: "Releases authorized money that will not be captured.",
};

export const paymentOperations: readonly Command[] = (["capture", "refund", "void"] as const).map((kind) => ({
  name: `payment ${kind}`,
  summary: summaries[kind],
  operands: ["PAYMENT_ID"],
  options: {
    amount: { value: "19.99", help: "how much, as a decimal in the payment's currency" },
    currency: { value: "CODE", help: "refuses to go on if the payment has another one" },
    reference: { value: "TEXT", help: "your reference of this operation" },
    "idempotency-key": { value: "KEY", help: "names this one operation (default: a new one, printed)" },
    yes: { help: "does not ask; needed where nobody can be asked" },
    ...jsonOption,
    ...deadlineOption,
  },
  notes:
    "The key is printed before anything is sent. If the outcome is not known (exit code 3), run the same command with\n" +
    "that key: it finishes or reports what was done, and never does it twice.",
  run: (context) => run(kind, context),
}));

/** What is about to be done. */
interface Plan {
  readonly kind: Kind;
  readonly payment: Payment;
  readonly amount: number;
  readonly reference: string | undefined;
  readonly key: string;
  /** The command that asks again under the same key. */
  readonly again: string;
}

async function run(kind: Kind, context: CommandContext): Promise<ExitCode> {
  const { args, terminal, signal } = context;
  const decimal = args.required("amount");
  const key = checkIdempotencyKey(args.text("idempotency-key") ?? newIdempotencyKey());
  if (!args.has("yes") && !terminal.isInteractive)
    throw new UsageError("Nobody can be asked here, so --yes is needed.");
  const purse = createClient(args);
  const place = readPlace();
  const [id = ""] = args.operands;
  const payment = await purse.payments.retrieve(id, { signal });
  const plan: Plan = {
    kind,
    payment,
    amount: readAmount(decimal, payment, args),
    reference: args.text("reference"),
    key,
    again: commandToRepeat(kind, args, key),
  };
  await terminal.tell(describePlan(plan, payment, describePlace(place)));
  if (!args.has("yes") && !(await confirm(context, isLoud(place)))) {
    await terminal.tell("Nothing was sent.");
    return exitCodes.failed;
  }
  // Out before the request, so that whoever loses the terminal can still ask again.
  await terminal.tell(`key        ${key}\nask again  ${plan.again}`);
  const { amount, reference } = plan;
  try {
    const call = purse.payments[kind](
      id,
      { amount, ...(reference === undefined ? {} : { merchant_reference: reference }) },
      { idempotencyKey: key, signal },
    );
    return await report(context, plan, await call.withResponse());
  } catch (error) {
    return reportFailure(context, plan, error);
  }
}

function readAmount(decimal: string, payment: Payment, args: Arguments): number {
  const expected = args.text("currency");
  if (expected !== undefined && expected !== payment.currency)
    throw new UsageError("--currency is not the payment's. Nothing was sent.");
  const amount = toMinorUnits(decimal, payment.currency);
  if (amount > 0) return amount;
  throw new UsageError("--amount must be more than zero.");
}

function commandToRepeat(kind: Kind, args: Arguments, key: string): string {
  const kept = ["amount", "currency", "reference", "deadline"].flatMap((name) => {
    const value = args.text(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const line = commandLine(["payment", kind, ...args.operands], [...kept, ["idempotency-key", key]]);
  return `${line}${args.has("json") ? " --json" : ""}${args.has("yes") ? " --yes" : ""}`;
}

/** @param payment may lack members: answers are not validated. */
function describePlan({ kind, amount, reference }: Plan, payment: Partial<Payment>, place: string): string {
  const { id, currency, order_reference: order, authorization, amounts } = payment;
  const available: Partial<Record<string, number>> = amounts ?? {};
  return table([
    ["where", place],
    [kind, amountText(amount, currency)],
    ["payment", `${id ?? "?"}, order ${order ?? "?"}, ${authorization?.status ?? "?"}`],
    ["available", amountText(available[`available_to_${kind}`], currency)],
    ...(reference === undefined ? [] : [["reference", reference] as const]),
  ]);
}

async function report(
  { args, terminal }: CommandContext,
  { kind, payment, again }: Plan,
  { data, operation, idempotency, idempotencyKey, requestId }: PurseResponse<Payment>,
): Promise<ExitCode> {
  const result = { operation, idempotency, idempotency_key: idempotencyKey, request_id: requestId };
  if (args.has("json")) terminal.print(toJson({ ...result, payment: data }));
  else if (operation !== undefined) {
    const note = idempotency === "recovered" ? " (done before under this key)" : "";
    terminal.print(table([[kind, `${describeOperation(operation, payment.currency)}${note}`]]));
  }
  const code = exitCodeOfStatus(operation?.status);
  if (code === exitCodes.failed) await terminal.tell(`The ${kind} failed. No money moved.`);
  if (code === exitCodes.partly) {
    await terminal.tell(`The ${kind} was done in part only. A person has to look: ${lookAt(payment)}`);
  }
  if (code === exitCodes.unknown) {
    await terminal.tell(
      `The ${kind} is not settled yet. Look later with the same key: ${again}\n` +
        `or with: ${lookAt(payment)}`,
    );
  }
  return code;
}

function lookAt({ id }: Payment): string {
  return commandLine(["payment", "get", id], []);
}

const exitCodeByStatus: Readonly<Record<KnownOperationStatus, ExitCode>> = {
  SUCCESS: exitCodes.ok,
  FAILURE: exitCodes.failed,
  CONFLICT: exitCodes.partly,
  PENDING: exitCodes.unknown,
  UNCERTAIN: exitCodes.unknown,
};

/** A status that is not known here leaves everything open, as a pending one does. */
function exitCodeOfStatus(status: string | undefined): ExitCode {
  const known: Readonly<Record<string, ExitCode>> = exitCodeByStatus;
  return status !== undefined && Object.hasOwn(known, status)
    ? (known[status] ?? exitCodes.unknown)
    : exitCodes.unknown;
}

async function reportFailure({ terminal }: CommandContext, plan: Plan, error: unknown): Promise<ExitCode> {
  if (isPurseError(error) && error.code !== "outcome_unknown") {
    for (const line of describeError(error)) await terminal.tell(line);
    return exitCodeOf(error);
  }
  const reason = error instanceof PurseOutcomeUnknownError ? error.reason : nameOf(error);
  await terminal.tell(
    `purse: outcome_unknown: THE OUTCOME IS NOT KNOWN (${reason}). The ${plan.kind} may have been done.\n` +
      "  Do not run it under a new key. This asks again, and never does it twice:\n" +
      `  ${plan.again}`,
  );
  return exitCodes.unknown;
}
