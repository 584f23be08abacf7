import { fileURLToPath } from "node:url";
import type { OperationEntry } from "../../../generated/operations.js";
import { readSpec, resolve } from "../../../scripts/spec/document.js";
import { createAjv, schemaId } from "../../../scripts/spec/validator.js";

interface ResponseObject {
  $ref?: string;
  content?: Record<string, { schema: { $ref: string } }>;
}

const spec = readSpec(fileURLToPath(new URL("../../../openapi/purse-payment-api-v2.yaml", import.meta.url)));
const ajv = createAjv(spec);

/** Throws unless the spec describes this answer for the operation. */
export async function checkAnswer(operation: OperationEntry, response: Response): Promise<void> {
  const place = `${operation.operationId} ${String(response.status)}`;
  const described = spec.paths[operation.path]?.[operation.method.toLowerCase()] as {
    responses: Record<string, ResponseObject>;
  };
  const documented = described.responses[String(response.status)];
  if (documented === undefined) throw new Error(`${place}: the spec has no such answer`);
  const mediaType = response.headers.get("content-type")?.split(";")[0] ?? "";
  const schema = resolve(spec, documented).content?.[mediaType]?.schema;
  if (schema === undefined) throw new Error(`${place}: the spec has no ${mediaType} there`);
  checkSchema(schema.$ref, await response.clone().json(), place);
}

export function checkSchema(reference: string, value: unknown, place = reference): void {
  const validate = ajv.getSchema(schemaId(reference));
  if (validate === undefined) throw new Error(`${reference} is not in the spec`);
  if (validate(value) !== true) throw new Error(`${place}: ${ajv.errorsText(validate.errors)}`);
}
