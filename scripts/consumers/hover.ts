import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type * as TypeScript from "typescript";

/** Asks the language service what an editor would show, and compares with the comments of the file. */
export async function hovers(file: string, compilerFile: string): Promise<string> {
  // The compiler of the version that is asked for, which has the same interface.
  const { default: ts } = (await import(pathToFileURL(compilerFile).href)) as { default: typeof TypeScript };
  const options: TypeScript.CompilerOptions = {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: ["node"],
    skipLibCheck: true,
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) =>
      ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined,
    getCurrentDirectory: () => file.slice(0, file.lastIndexOf("/")),
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (name) => ts.sys.fileExists(name),
    readFile: (name, encoding) => ts.sys.readFile(name, encoding),
    readDirectory: (...args) => ts.sys.readDirectory(...args),
    directoryExists: (name) => ts.sys.directoryExists(name),
    getDirectories: (name) => ts.sys.getDirectories(name),
  });
  const problems = service.getSemanticDiagnostics(file).map(({ messageText }) => JSON.stringify(messageText));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  let seen = 0;
  for (const { index, 1: declaration = "", 2: expected = "" } of readFileSync(file, "utf8").matchAll(
    /^((?:export )?(?:declare )?const )[^\n]*\/\/ hover: ([^\n]+)$/gm,
  )) {
    const parts = service.getQuickInfoAtPosition(file, index + declaration.length)?.displayParts ?? [];
    const shown = parts.map(({ text }) => text).join("");
    if (shown !== expected) throw new Error(`the editor shows\n${shown}\ninstead of\n${expected}`);
    seen += 1;
  }
  if (seen === 0) throw new Error("no hover text was asked for");
  service.dispose();
  return `${String(seen)} names`;
}
