export const provenances = ["documented", "example", "inferred", "guess"] as const;

export const statementKinds = [
  "operation",
  "path",
  "parameter",
  "request body",
  "response",
  "response header",
  "schema",
  "property",
  "required member",
  "constraint",
  "enum value",
  "shared parameter",
  "shared response",
  "security scheme",
  "server",
] as const;
export type StatementKind = (typeof statementKinds)[number];

/** Something that the spec says, with where it comes from. */
export interface Statement {
  readonly kind: StatementKind;
  readonly pointer: string;
  readonly provenance: unknown;
  /** A key of `x-sources`. */
  readonly source?: unknown;
  /** Said of another statement: a status of an operation, a constraint of a property. */
  readonly isAttached?: true;
}
