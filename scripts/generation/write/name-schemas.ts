import ts from "typescript";

const { factory } = ts;

/**
 * Gives every schema a type of its own name and has the others refer to it by that.
 *
 * openapi-typescript writes `components["schemas"]["Payment"]` everywhere. To TypeScript that has no name, so editors
 * and error messages would show a payment written out to its last member.
 */
export function nameSchemas(statements: readonly ts.Node[]): ts.Node[] {
  const schemas = statements.flatMap(schemasOf);
  const names = new Set(schemas.map(({ name }) => nameOf(name)));
  const aliases = schemas.map((schema) => {
    const alias = factory.createTypeAliasDeclaration(
      [factory.createToken(ts.SyntaxKind.ExportKeyword)],
      nameOf(schema.name),
      undefined,
      schema.type ?? factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword),
    );
    return ts.setSyntheticLeadingComments(alias, ts.getSyntheticLeadingComments(schema));
  });
  const others = statements.map((statement) => replaceIn(statement, isSchemaMember(schemas), toReference));
  return [...aliases, ...others].map((statement) => shortenIn(statement, names));
}

type Member = ts.PropertySignature;

/** The members of `components["schemas"]`. */
function schemasOf(statement: ts.Node): Member[] {
  if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== "components") return [];
  return statement.members
    .filter(ts.isPropertySignature)
    .filter(({ name }) => nameOf(name) === "schemas")
    .flatMap(({ type }) => (type !== undefined && ts.isTypeLiteralNode(type) ? [...type.members] : []))
    .filter(ts.isPropertySignature);
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
}

function schemaNamedBy(node: ts.Node): string | undefined {
  const [root, section, name, ...rest] = stepsOf(node) ?? [];
  return root === "components" && section === "schemas" && rest.length === 0 ? name : undefined;
}

/** `a["b"]["c"]` as its names. */
function stepsOf(node: ts.Node): string[] | undefined {
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) return [node.typeName.text];
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isLiteralTypeNode(node.indexType)) return undefined;
  const { literal } = node.indexType;
  const outer = stepsOf(node.objectType);
  return outer === undefined || !ts.isStringLiteral(literal) ? undefined : [...outer, literal.text];
}

function isSchemaMember(schemas: readonly Member[]): (node: ts.Node) => node is Member {
  return (node): node is Member => schemas.some((schema) => schema === node);
}

/** Without its comment, which stands at the type itself. */
function toReference({ name, modifiers, questionToken }: Member): ts.Node {
  return factory.createPropertySignature(
    modifiers,
    name,
    questionToken,
    factory.createTypeReferenceNode(nameOf(name)),
  );
}

function shortenIn(statement: ts.Node, names: ReadonlySet<string>): ts.Node {
  const isKnown = (node: ts.Node): node is ts.TypeNode => names.has(schemaNamedBy(node) ?? "");
  return replaceIn(statement, isKnown, (node) => factory.createTypeReferenceNode(schemaNamedBy(node) ?? ""));
}

function replaceIn<T extends ts.Node>(
  statement: ts.Node,
  isWanted: (node: ts.Node) => node is T,
  replace: (node: T) => ts.Node,
): ts.Node {
  const { transformed } = ts.transform(statement, [
    (context) => {
      const visit = (node: ts.Node): ts.Node =>
        isWanted(node) ? replace(node) : ts.visitEachChild(node, visit, context);
      return visit;
    },
  ]);
  return transformed[0] ?? statement;
}
