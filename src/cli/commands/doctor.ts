import { Purse } from "../../client.js";
import { isPurseError } from "../../errors/union.js";
import { checkHeaderName } from "../../webhooks/delivery/secret.js";
import { readUrl } from "../client.js";
import { jsonOption, type Command } from "../command.js";
import type { Finding } from "../doctor/check.js";
import { fail, skipped } from "../doctor/check.js";
import { checkEnvironment, checkNode, checkVariables } from "../doctor/configuration.js";
import { checkKeys } from "../doctor/keys.js";
import { checkClock, checkEntity, checkRead, checkToken, watchClock } from "../doctor/service.js";
import { checkWebhook } from "../doctor/webhook.js";
import { exitCodes } from "../exit-codes.js";
import { oneLine, toJson } from "../presentation.js";
import { errorJson, interrupted, remedyFor } from "../report.js";
import type { Terminal } from "../terminal.js";

const limits = { timeoutMs: 10_000, deadlineMs: 15_000, maxRetries: 0 };

export const doctor: Command = {
  name: "doctor",
  summary: "Checks configuration, clock, token, signing keys, credentials and entity; changes nothing.",
  operands: [],
  options: {
    "webhook-url": {
      value: "URL",
      help: "check your webhook receiver, with and without PURSE_WEBHOOK_SECRET",
    },
    "webhook-header": {
      value: "NAME",
      help: "header that carries the secret (default x-purse-webhook-secret)",
    },
    ...jsonOption,
  },
  notes: "Exit codes: 0 nothing failed (there may be warnings), 1 a check failed.",
  async run({ args, terminal, signal }) {
    // Nothing to finish: all it does is look.
    signal.addEventListener("abort", () => {
      if (args.has("json")) terminal.print(errorJson(interrupted));
      process.exit(exitCodes.failed);
    });
    const findings: Finding[] = [];
    const add = (...found: readonly Finding[]): void => {
      findings.push(...found);
      if (args.has("json")) return;
      for (const finding of found) print(terminal, finding);
    };
    const url = readUrl(args, "webhook-url");
    const headerName = checkHeaderName(args.text("webhook-header"), "--webhook-header");
    add(checkNode(process.versions.node), checkVariables(process.env), checkEnvironment());
    await checkService(
      findings.some(({ verdict }) => verdict === "fail"),
      add,
    );
    if (url !== undefined) add(...(await checkWebhook(url, headerName)));
    const failed = findings.filter(({ verdict }) => verdict === "fail").length;
    if (args.has("json")) terminal.print(toJson({ failed, findings }));
    else terminal.print(failed === 0 ? "Nothing failed." : `${String(failed)} failed.`);
    return failed === 0 ? exitCodes.ok : exitCodes.failed;
  },
};

async function checkService(
  isIncomplete: boolean,
  add: (...found: readonly Finding[]) => void,
): Promise<void> {
  const names = ["token", "clock", "keys", "read", "entity"];
  if (isIncomplete) {
    add(...names.map((name) => skipped(name, "the configuration is not complete")));
    return;
  }
  const clock = watchClock((url, init) => fetch(url, init));
  let purse: Purse;
  try {
    purse = new Purse({ ...limits, fetch: clock.fetch });
  } catch (error) {
    if (!isPurseError(error)) throw error;
    add(fail("configuration", error.message, remedyFor(error)));
    return;
  }
  const token = await checkToken(purse);
  add(token, checkClock(clock.skewMs()), await checkKeys(purse));
  if (token.verdict === "fail") add(...["read", "entity"].map((name) => skipped(name, "no token")));
  else add(await checkRead(purse), await checkEntity(purse));
}

const marks = { pass: "✓", warn: "!", fail: "✗" } as const;

function print(terminal: Terminal, { name, verdict, text, remedy }: Finding): void {
  const line = ` ${name}: ${oneLine(text)}${remedy === undefined ? "" : `\n    ${oneLine(remedy)}`}`;
  if (verdict === "skipped") terminal.print(`-${line}`);
  else terminal.print(line, { tone: verdict, text: marks[verdict] });
}
