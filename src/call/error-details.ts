import { isVisibleAscii } from "../checks/values.js";
import { defined } from "../defined.js";
import { problemTypeValues } from "../../generated/enums.js";
import type { FieldProblem, ApiErrorFacts } from "../errors/api-error.js";
import type { ProblemSummary } from "../errors/purse-error.js";
import type { ExchangeResult } from "../http/exchange.js";
import type { AnswerRedactor, Redactor } from "./redact.js";
import type { JsonObject } from "../http/response-body.js";

type Answer = ExchangeResult & { kind: "answer" };

const longestText = 200;
const longestDetail = 2000;
const mostFieldProblems = 50;
const mostNamed = 5;
const longestPointer = 100;
/** A member's name as this API writes them, or an index. Anything else may be a value and is not shown. */
const shownStep = /^(?:[a-z]+\d?(?:_[a-z]+\d?)*|\d{1,3})$/;
/** None is documented; these are the usual ones. */
const requestIdHeaders: readonly string[] = ["x-request-id", "request-id", "x-correlation-id"];

export function requestIdOf(answer: Answer, redact: Redactor): string | undefined {
  for (const name of requestIdHeaders) {
    const value = answer.headers.get(name);
    // An id that contains something to mask is not used.
    if (value !== null && value.length <= 128 && isVisibleAscii(value) && redact(value) === value)
      return value;
  }
  return undefined;
}

/** What an error keeps of an answer: copies, bounded and masked. */
export function errorDetailsOf(answer: Answer, redact: AnswerRedactor): ApiErrorFacts {
  const document = answer.body.kind === "object" ? answer.body.value : {};
  return {
    status: answer.status,
    requestId: requestIdOf(answer, redact),
    problem: summarize(document, redact),
    detail: text(document["detail"], redact.words, longestDetail),
    problems: fieldProblems(document["errors"], redact.words),
  };
}

function summarize(document: JsonObject, redact: Redactor): ProblemSummary | undefined {
  const { type: givenType, status } = document;
  const isKnown = (problemTypeValues as readonly unknown[]).includes(givenType);
  const type = text(givenType, isKnown ? String : redact);
  const title = text(document["title"], redact);
  const summary = defined({ type, title, status: isStatus(status) ? status : undefined });
  return Object.keys(summary).length === 0 ? undefined : summary;
}

/** Another number could be a card's. */
function isStatus(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599;
}

function fieldProblems(value: unknown, redact: Redactor): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, mostFieldProblems).flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const pointer = text("pointer" in entry ? entry.pointer : undefined, redact);
    const detail = text("detail" in entry ? entry.detail : undefined, redact);
    return [defined({ pointer, detail })];
  });
}

/** JSON pointers to the members that the service complains about, for a message; they contain no values. */
export function refusedMembers(problems: ApiErrorFacts["problems"], redact: Redactor): string {
  const pointers = redact((problems ?? []).map(({ pointer }) => pointer).join("\0")).split("\0");
  const [...shown] = new Set(pointers.flatMap(shownPointer));
  if (shown.length > mostNamed) shown.splice(mostNamed, Infinity, "others");
  return shown.join(", ").replace(/, (?=[^,]*$)/, " and ") || "the request";
}

function shownPointer(pointer: string): string[] {
  const [root = "", ...steps] = pointer.split("/");
  const path = steps.map((step) => `/${shownStep.test(step) ? step : "*"}`).join("");
  return /^#?$/.test(root) && /\w/.test(path) && path.length <= longestPointer ? [path] : [];
}

function text(value: unknown, redact: Redactor, longest: number = longestText): string | undefined {
  return typeof value === "string" && value !== "" ? redact(value, longest) : undefined;
}
