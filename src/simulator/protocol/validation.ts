import type { RequestValidator, ValidationFault } from "../../../generated/request-validators.js";
import type {
  CreateClientSessionRequest,
  CreatePaymentRequest,
  OperationRequest,
  ProblemError,
} from "../../../generated/schema.js";
import { badRequest, brokenRule } from "./problems.js";

const maxBodyBytes = 1024 * 1024;
const maxErrorsListed = 100;

export interface RequestBody {
  readonly mediaType: string;
  readonly text: string;
}

/** Reads the whole body. Callers are synchronous from here on, so that no call sees another half done. */
export async function readBody(request: Request): Promise<RequestBody> {
  const mediaType = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const chunks: Uint8Array[] = [];
  let lengthBytes = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const step = await reader?.read();
    if (step?.value === undefined) break;
    lengthBytes += step.value.byteLength;
    if (lengthBytes > maxBodyBytes) {
      await reader?.cancel();
      throw badRequest(`The body is larger than ${String(maxBodyBytes)} bytes.`);
    }
    chunks.push(step.value);
  }
  return { mediaType, text: decode(chunks, lengthBytes) };
}

/** Parses the body and checks it against the schema. */
export function parseJsonBody<T>(body: RequestBody, validator: RequestValidator<T>): T {
  if (body.mediaType !== "application/json") throw badRequest("The content type must be application/json.");
  const value = parseJson(body.text);
  if (validator(value)) return value;
  throw badRequest("The request body is not valid.", listErrors(validator.errors ?? []));
}

export function readIdempotencyKey(request: Request, headerName: string): string | undefined {
  const key = request.headers.get(headerName) ?? undefined;
  if (key !== undefined && (key.length === 0 || key.length > 255)) {
    throw badRequest(`The header ${headerName} must have 1 to 255 characters.`);
  }
  return key;
}

type RequestMember = keyof CreateClientSessionRequest | keyof CreatePaymentRequest | keyof OperationRequest;

export function refuseMember(member: RequestMember, detail: string): Error {
  return brokenRule(toPointer([member]), detail);
}

export function toPointer(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

export function listErrors(faults: readonly ValidationFault[]): ProblemError[] {
  const errors = new Map<string, ProblemError>();
  for (const fault of withoutBranches(faults)) {
    const error = toProblemError(fault);
    errors.set(JSON.stringify(error), error);
    if (errors.size === maxErrorsListed) break;
  }
  return [...errors.values()];
}

/** Drops errors of single variants of a union where they do not help; errors deeper inside may help and stay. */
function withoutBranches(faults: readonly ValidationFault[]): ValidationFault[] {
  const isUnion = ({ keyword }: ValidationFault): boolean => keyword === "anyOf";
  const unions = new Set(faults.filter(isUnion).map(({ instancePath }) => instancePath));
  const hasDeeperError = (path: string): boolean =>
    faults.some(({ instancePath }) => instancePath.startsWith(`${path}/`));
  return faults.filter((fault) => {
    if (!unions.has(fault.instancePath)) return true;
    return isUnion(fault) && !hasDeeperError(fault.instancePath);
  });
}

function toProblemError({ instancePath, keyword, params, message }: ValidationFault): ProblemError {
  if (keyword === "required") {
    return { detail: "is required", pointer: instancePath + toPointer([String(params["missingProperty"])]) };
  }
  if (keyword === "additionalProperties") {
    return {
      detail: "is not known",
      pointer: instancePath + toPointer([String(params["additionalProperty"])]),
    };
  }
  if (keyword === "anyOf") return { detail: "fits none of the variants", pointer: instancePath };
  return { detail: message ?? keyword, pointer: instancePath };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("The request body is not JSON.");
  }
}

function decode(chunks: readonly Uint8Array[], lengthBytes: number): string {
  const bytes = new Uint8Array(lengthBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw badRequest("The body is not UTF-8.");
  }
}
