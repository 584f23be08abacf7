import { expect } from "vitest";
import { readSpec, type Schema } from "../../scripts/spec/document.js";
import { createAjv, schemaId } from "../../scripts/spec/validator.js";
import { specFile } from "../support/prism.js";
import type { Exchange } from "./recording.js";
import type { ContractRow } from "./table.js";

export const spec = readSpec(specFile);
export const ajv = createAjv(spec);

/** Fails unless a value is what a schema of the spec describes, by JSON Schema 2020-12 with its formats. */
export function expectValid(schema: Schema, value: unknown): void {
  if (schema.$ref === undefined) throw new Error("a body's schema must be a reference to a named schema");
  const validate = ajv.getSchema(schemaId(schema.$ref));
  if (validate === undefined) throw new Error(`${schema.$ref} is not in the spec`);
  const isValid = validate(value);
  expect(validate.errors ?? []).toEqual([]);
  expect(isValid).toBe(true);
}

/** Both directions of an exchange against the row it belongs to: by Prism on the way, by Ajv afterwards. */
export function expectByContract(exchange: Exchange, row: ContractRow): void {
  expect(exchange.violations).toBeNull();
  expect({ status: exchange.status, mediaType: exchange.mediaType }).toEqual({
    status: row.status,
    mediaType: row.answer.mediaType,
  });
  expectValid(row.answer.schema, exchange.answer);
  expectValidRequest(exchange, row);
}

function expectValidRequest({ requestBody, requestHeaders }: Exchange, row: ContractRow): void {
  if (row.request === undefined) {
    expect(requestBody).toBeUndefined();
  } else {
    expect(requestHeaders.get("content-type")).toBe(row.request.mediaType);
    expectValid(row.request.schema, parse(requestBody ?? "", row.request.mediaType));
  }
  for (const { name, schema } of row.headers) {
    const value = requestHeaders.get(name);
    expect(value, name).not.toBeNull();
    expect(ajv.validate(schema, value), name).toBe(true);
  }
}

function parse(body: string, mediaType: string): unknown {
  return mediaType === "application/json" ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
}
