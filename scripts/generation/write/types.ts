import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import { nameSchemas } from "./name-schemas.js";
import type { Spec } from "../../spec/document.js";

const { factory } = ts;

/** `string & {}`: any string, without swallowing the known values in completion. */
const anyString = factory.createParenthesizedType(
  factory.createIntersectionTypeNode([
    factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    factory.createTypeLiteralNode([]),
  ]),
);

const nothing = factory.createLiteralTypeNode(factory.createNull());

/** TypeScript types of the whole spec; lists marked `x-extensible-enum` become open unions. */
export async function generateTypes(spec: Spec): Promise<string> {
  // Its own copy: bundling resolves references in place.
  const ast = await openapiTS(structuredClone(spec) as unknown as OpenAPI3, {
    defaultNonNullable: false,
    silent: true,
    transform(schema) {
      const values: unknown = (schema as Record<string, unknown>)["x-extensible-enum"];
      if (!Array.isArray(values)) return undefined;
      const literals = values.map((value) =>
        factory.createLiteralTypeNode(factory.createStringLiteral(String(value))),
      );
      const { type }: { type?: unknown } = schema;
      const orNull = Array.isArray(type) && type.includes("null") ? [nothing] : [];
      return factory.createUnionTypeNode([...literals, anyString, ...orNull]);
    },
  });
  // A comment begins with what it says: without the format, and with the description without its tag.
  return astToString(nameSchemas(ast))
    .replaceAll(/^\s*\* Format: \S+\n/gm, "")
    .replaceAll(/^(\s*(?:\/\*)?\*) @description /gm, "$1 ");
}
