import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { facadeOperations } from "./facade-facts.js";

/** The operations that src/ imports from generated/operations.ts, in the order of the facts. */
export function operationsImportedBy(folder: string): string[] {
  const imported = new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => importsFrom(readFileSync(join(folder, name), "utf8"))),
  );
  return facadeOperations.map(({ operationId }) => operationId).filter((id) => imported.has(id));
}

function importsFrom(text: string): string[] {
  const source = ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2022);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    if (!statement.moduleSpecifier.text.endsWith("generated/operations.js")) return [];
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
  });
}
