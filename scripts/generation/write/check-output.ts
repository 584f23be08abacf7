import ts from "typescript";

/**
 * Refuses generated TypeScript that holds anything but types and plain constants. Texts of the input end up in comments
 * and literals; should one ever get out of them, it must not become code.
 */
export function checkOutput(fileName: string, text: string): void {
  if (!fileName.endsWith(".ts")) {
    checkScript(fileName, text);
    return;
  }
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022, false, ts.ScriptKind.TS);
  const [problem] = syntaxErrors(fileName, text);
  if (problem !== undefined) throw new Error(`${fileName} would not be TypeScript: ${problem}`);
  for (const statement of source.statements) {
    if (!isDeclaration(statement)) {
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart(source));
      throw new Error(`${fileName}:${String(line + 1)} would hold more than types and constants`);
    }
  }
}

/** The validators are code, made by ajv and esbuild; that they can be parsed is all there is to say. */
function checkScript(fileName: string, text: string): void {
  const [problem] = syntaxErrors(fileName, text);
  if (problem !== undefined) throw new Error(`${fileName} would not be JavaScript: ${problem}`);
}

function syntaxErrors(fileName: string, text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: fileName.replace(/\.d\.ts$/, ".ts"), // Of declarations nothing would be left to transpile.
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, allowJs: true },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

function isDeclaration(statement: ts.Statement): boolean {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
  return isConst && statement.declarationList.declarations.every(isPlain);
}

function isPlain({ initializer }: ts.VariableDeclaration): boolean {
  return initializer === undefined || isLiteral(initializer);
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isAsExpression(node)) return isLiteral(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) =>
        ts.isPropertyAssignment(property) &&
        !ts.isComputedPropertyName(property.name) &&
        isLiteral(property.initializer),
    );
  }
  return (
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}
