import { problemTypeValues } from "../../generated/enums.js";
import type { FieldProblem, ApiErrorFacts } from "../errors/api-error.js";
import type { ProblemSummary } from "../errors/purse-error.js";
import type { ExchangeResult } from "./exchange.js";
import type { Redactor } from "./redact.js";
import type { JsonObject } from "./response-body.js";

type Answer = ExchangeResult & { kind: "answer" };

const longestText = 200;
const longestDetail = 2000;
const mostFieldProblems = 50;
/** None is documented; these are the usual ones. */
const requestIdHeaders: readonly string[] = ["x-request-id", "request-id", "x-correlation-id"];

export function requestIdOf(answer: Answer, redact: Redactor): string | undefined {
  for (const name of requestIdHeaders) {
    const value = answer.headers.get(name);
    // An id in which there is something to mask is none.
    if (value !== null && /^[\x21-\x7e]{1,128}$/.test(value) && redact(value) === value) return value;
  }
  return undefined;
}

/** What an error may keep of an answer: copies of our own, bounded and masked. */
export function factsOf(answer: Answer, redact: Redactor): ApiErrorFacts {
  const document = answer.body.kind === "object" ? answer.body.value : {};
  return {
    status: answer.status,
    requestId: requestIdOf(answer, redact),
    problem: summarize(document, redact),
    detail: text(document["detail"], longestDetail),
    problems: fieldProblems(document["errors"]),
  };
}

function summarize(document: JsonObject, redact: Redactor): ProblemSummary | undefined {
  const type = masked(document["type"], redact);
  const title = masked(document["title"], redact);
  const status = document["status"];
  const summary = {
    ...(type === undefined ? {} : { type }),
    ...(title === undefined ? {} : { title }),
    ...(typeof status === "number" ? { status } : {}),
  };
  return Object.keys(summary).length === 0 ? undefined : summary;
}

/** Masked first and cut afterwards, or half a secret would stand at the cut. */
function masked(value: unknown, redact: Redactor): string | undefined {
  if (typeof value !== "string") return undefined;
  const isKnown = (problemTypeValues as readonly string[]).includes(value);
  return isKnown ? value : text(redact(value), longestText);
}

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, mostFieldProblems).flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const pointer = text("pointer" in entry ? entry.pointer : undefined, longestText);
    const detail = text("detail" in entry ? entry.detail : undefined, longestText);
    return [{ ...(pointer === undefined ? {} : { pointer }), ...(detail === undefined ? {} : { detail }) }];
  });
}

function text(value: unknown, longest: number): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, longest) : undefined;
}
