import { problemTypeValues } from "../../../generated/enums.js";
import type { Problem, ProblemError } from "../../../generated/schema.js";
import { toServiceHref } from "./addresses.js";

const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Idempotency violation",
  500: "Internal Server Error",
} as const;

export type RefusalStatus = keyof typeof titles;

/** Thrown to refuse a call; the router answers with its problem document. */
export class Refusal extends Error {
  readonly status: RefusalStatus;
  readonly problem: Problem;

  constructor(status: RefusalStatus, detail: string, members: Problem = {}) {
    super(detail);
    this.status = status;
    this.problem = { type: "about:blank", title: titles[status], status, detail, ...members };
  }
}

export function badRequest(detail: string, errors?: ProblemError[]): Refusal {
  return new Refusal(400, detail, errors === undefined ? {} : { errors });
}

/** A 400 that points to one member of the request body. */
export function brokenRule(pointer: string, detail: string): Refusal {
  return badRequest(detail, [{ detail, pointer }]);
}

export function unknownResource(what: string): Refusal {
  return new Refusal(404, `There is no such ${what}.`);
}

/** Names the operation that the key created. Purse does not replay the first answer. */
export function idempotencyConflict(operationId: string): Refusal {
  return new Refusal(409, "The idempotency key was used before.", {
    type: problemTypeValues[0],
    resource_id: operationId,
  });
}

export function toProblemResponse(request: Request, refusal: Refusal): Response {
  const problem: Problem = { ...refusal.problem, instance: toServiceHref(new URL(request.url).pathname) };
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (refusal.status === 401) headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(problem), { status: refusal.status, headers });
}
