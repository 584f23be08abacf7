import type { KnownOperationStatus } from "../../../generated/enums.js";
import type { Payment } from "../../../generated/schema.js";
import type { Purse } from "../../client.js";
import type { PurseResponse } from "../../call/purse-promise.js";
import { checkIdempotencyKey, newIdempotencyKey } from "../../idempotency/key.js";
import { toMinorUnits } from "../../money/index.js";
import { UsageError, type Arguments } from "../arguments.js";
import { createClient } from "../client.js";
import { deadlineOption, jsonOption, type Command, type CommandContext } from "../command.js";
import { exitCodes, type ExitCode } from "../exit-codes.js";
import { describeEnvironment, needsWarning, readEnvironment } from "../environment.js";
import { amountText, commandLine, table, toJson } from "../presentation.js";
import { confirm } from "../terminal.js";
import { lookAt, reportFailure, reportRefusal, type Attempt, type Kind } from "./operation-failure.js";
import { describeOperation } from "./payment-get.js";

const summaries: Readonly<Record<Kind, string>> = {
  capture: "Captures authorized money. Moves money.",
  refund: "Refunds captured money. Moves money.",
  void: "Releases authorized money that will not be captured.",
};

export const paymentOperations: readonly Command[] = (["capture", "refund", "void"] as const).map((kind) => ({
  name: `payment ${kind}`,
  summary: summaries[kind],
  operands: ["PAYMENT_ID"],
  options: {
    amount: {
      value: "19.99",
      help: "how much, as a decimal in the payment's currency",
      required: "always",
    },
    currency: { value: "CODE", help: "stop if the payment is in another currency" },
    reference: { value: "TEXT", help: "your reference of this operation" },
    "idempotency-key": { value: "KEY", help: "identifies this one operation (default: a new one, printed)" },
    yes: { help: "do not ask for confirmation", required: "unattended" },
    ...jsonOption,
    ...deadlineOption,
  },
  notes:
    "The key is printed before anything is sent. If there is no final answer (exit code 3), run the same command with\n" +
    "that key: it finishes or reports what was done, and never does it twice. With --idempotency-key given, every failure\n" +
    "is exit code 3, even a refusal: an earlier call with that key may have moved money, and reads may lag behind. Only\n" +
    "what a person has to correct first is 2 or 4, which say nothing about an earlier call.",
  run: (context) => run(kind, context),
}));

/** What is about to be sent. */
interface Plan extends Attempt {
  readonly payment: Payment;
  readonly amount: number;
  readonly reference: string | undefined;
}

async function run(kind: Kind, context: CommandContext): Promise<ExitCode> {
  const { args } = context;
  // Reports usage errors before anything is read.
  for (const name of ["amount", "currency", "reference"]) args.text(name);
  const given = args.text("idempotency-key");
  const key = checkIdempotencyKey(given ?? newIdempotencyKey());
  const [paymentId = ""] = args.operands;
  const again = commandToRepeat(kind, args, key);
  const attempt: Attempt = { kind, paymentId, key, isKeyGiven: given !== undefined, again };
  const purse = createClient(args);
  let plan: Plan | undefined;
  try {
    plan = await prepare(context, purse, attempt);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return reportFailure(context, attempt, error, false);
  }
  if (plan === undefined) {
    const declined = { code: "declined", message: "Nothing was sent." };
    return reportRefusal(context, attempt, declined, exitCodes.failed);
  }
  return send(context, purse, plan);
}

/** Reads the payment and asks for confirmation; undefined when it is declined. */
async function prepare(context: CommandContext, purse: Purse, attempt: Attempt): Promise<Plan | undefined> {
  const { args, terminal, signal } = context;
  const reference = args.text("reference");
  const environment = readEnvironment();
  const payment = await purse.payments.retrieve(attempt.paymentId, { signal });
  const amount = readAmount(args.required("amount"), payment, args);
  const plan: Plan = { ...attempt, payment, amount, reference };
  await terminal.tell(describePlan(plan, payment, describeEnvironment(environment)));
  if (args.has("yes") || (await confirm(terminal, needsWarning(environment), signal))) return plan;
  await terminal.tell("Nothing was sent.");
  return undefined;
}

async function send(context: CommandContext, purse: Purse, plan: Plan): Promise<ExitCode> {
  const { kind, paymentId, amount, reference, key, again } = plan;
  // Written before the request, so that it can be repeated even if the terminal or the process is lost.
  await context.terminal.tell(`key        ${key}\nask again  ${again}`);
  try {
    const call = purse.payments[kind](
      paymentId,
      { amount, ...(reference === undefined ? {} : { merchant_reference: reference }) },
      { idempotencyKey: key, signal: context.signal },
    );
    return await report(context, plan, await call.withResponse());
  } catch (error) {
    return reportFailure(context, plan, error, true);
  }
}

function readAmount(decimal: string, payment: Payment, args: Arguments): number {
  const expected = args.text("currency")?.toUpperCase();
  if (expected !== undefined && expected !== payment.currency)
    throw new UsageError("--currency is not the payment's currency. Nothing was sent.");
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
function describePlan({ kind, amount, reference }: Plan, payment: Partial<Payment>, where: string): string {
  const { id, currency, order_reference: order, authorization, amounts } = payment;
  const available: Partial<Record<string, number>> = amounts ?? {};
  return table([
    ["where", where],
    [kind, amountText(amount, currency)],
    ["payment", `${id ?? "?"}, order ${order ?? "?"}, ${authorization?.status ?? "?"}`],
    ["available", amountText(available[`available_to_${kind}`], currency)],
    ...(reference === undefined ? [] : [["reference", reference] as const]),
  ]);
}

async function report(
  { args, terminal }: CommandContext,
  { kind, paymentId, payment, again }: Plan,
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
    await terminal.tell(
      `The ${kind} was done in part only. A person has to look at it: ${lookAt(paymentId)}`,
    );
  }
  if (code === exitCodes.unknown) {
    await terminal.tell(
      `The ${kind} is not settled yet. Run it later with the same key: ${again}\n` +
        `or look at the payment: ${lookAt(paymentId)}`,
    );
  }
  return code;
}

const exitCodeByStatus: Readonly<Record<KnownOperationStatus, ExitCode>> = {
  SUCCESS: exitCodes.ok,
  FAILURE: exitCodes.failed,
  CONFLICT: exitCodes.partly,
  PENDING: exitCodes.unknown,
  UNCERTAIN: exitCodes.unknown,
};

/** An undocumented status decides nothing, like a pending one. */
function exitCodeOfStatus(status: string | undefined): ExitCode {
  const known: Readonly<Record<string, ExitCode>> = exitCodeByStatus;
  return status !== undefined && Object.hasOwn(known, status)
    ? (known[status] ?? exitCodes.unknown)
    : exitCodes.unknown;
}
