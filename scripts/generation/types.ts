import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const { factory } = ts;

/** `string & {}`: any string, without swallowing the known values in completion. */
const anyString = factory.createParenthesizedType(
  factory.createIntersectionTypeNode([
    factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    factory.createTypeLiteralNode([]),
  ]),
);

/** TypeScript types of the whole spec; lists marked `x-extensible-enum` become open unions. */
export async function generateTypes(specFile: string): Promise<string> {
  const ast = await openapiTS(pathToFileURL(specFile), {
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
    transform(schema) {
      const values: unknown = (schema as Record<string, unknown>)["x-extensible-enum"];
      if (!Array.isArray(values)) return undefined;
      const literals = values.map((value) =>
        factory.createLiteralTypeNode(factory.createStringLiteral(String(value))),
      );
      return factory.createUnionTypeNode([...literals, anyString]);
    },
  });
  return astToString(ast);
}
