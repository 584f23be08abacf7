import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";

export interface ExportedName {
  readonly name: string;
  readonly symbol: ts.Symbol;
}

/** Looks at the exports of a module as the compiler and an editor do. */
export interface Explorer {
  exportedNames(): ExportedName[];
  /** Where `any` stands in a type, as paths of members. */
  anyWithin(exported: ExportedName): string[];
  hover(exported: ExportedName): { text: string; documentation: string };
  /** The types that an editor names when it shows an export or a member of it. */
  namesWithin(exported: ExportedName): string[];
  isDocumented(exported: ExportedName): boolean;
  /** The members of ours within a type, each variant's included, that an editor shows without a word, as paths. */
  undocumentedWithin(exported: ExportedName): string[];
  /** Names of the members that a type says are there. */
  requiredMembers(typeName: string): string[];
  member(typeName: string, memberName: string): { type: string; documentation: string };
}

export function createExplorer(file: string): Explorer {
  const root = resolve(file);
  const { config } = ts.readConfigFile("tsconfig.json", (path) => readFileSync(path, "utf8")) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => [root],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const text = ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => process.cwd(),
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
  };
  const service = ts.createLanguageService(host);
  const program = service.getProgram();
  const source = program?.getSourceFile(root);
  if (program === undefined || source === undefined) throw new Error(`${file} cannot be read`);
  const checker = program.getTypeChecker();

  const exported = (): ExportedName[] => {
    const module = checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module`);
    return checker.getExportsOfModule(module).map((symbol) => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      return { name: symbol.name, symbol: isAlias ? checker.getAliasedSymbol(symbol) : symbol };
    });
  };

  const quickInfo = ({ name, symbol }: ExportedName): ts.QuickInfo | undefined => {
    const declaration = symbol.declarations?.[0];
    const identifier = declaration === undefined ? undefined : ts.getNameOfDeclaration(declaration);
    if (identifier === undefined) throw new Error(`${name} is declared nowhere`);
    return service.getQuickInfoAtPosition(identifier.getSourceFile().fileName, identifier.getStart());
  };

  return {
    exportedNames: exported,
    anyWithin: ({ name, symbol }) => findAny(checker, typeOf(checker, symbol), name),
    hover(exported) {
      const info = quickInfo(exported);
      return {
        text: ts.displayPartsToString(info?.displayParts),
        documentation: ts.displayPartsToString(info?.documentation),
      };
    },
    namesWithin: ({ name, symbol }) => {
      const type = typeOf(checker, symbol);
      const parts = type.isUnion() ? type.types : [type];
      const members = parts.flatMap((part) => part.getProperties().filter(isOurs));
      const signatures = parts.flatMap((part) => part.getCallSignatures());
      const texts = [
        ts.displayPartsToString(quickInfo({ name, symbol })?.displayParts),
        ...members.map((member) => checker.typeToString(checker.getTypeOfSymbol(member), undefined, whole)),
        ...signatures.map((signature) => checker.signatureToString(signature, undefined, whole)),
      ];
      return [...new Set(texts.flatMap(typeNamesIn))];
    },
    isDocumented: ({ symbol }) => isDocumented(checker, symbol),
    undocumentedWithin: ({ name, symbol }) => [
      ...new Set(findUndocumented(checker, typeOf(checker, symbol), name)),
    ],
    requiredMembers(typeName) {
      const found = exported().find(({ name }) => name === typeName);
      const members = found === undefined ? [] : typeOf(checker, found.symbol).getProperties();
      return members.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0).map(({ name }) => name);
    },
    member(typeName, memberName) {
      const found = exported().find(({ name }) => name === typeName);
      const type = found === undefined ? undefined : typeOf(checker, found.symbol);
      const property = type?.getProperty(memberName);
      if (property === undefined) throw new Error(`there is no ${typeName}.${memberName}`);
      return {
        type: checker.typeToString(checker.getTypeOfSymbol(property)),
        documentation: ts.displayPartsToString(property.getDocumentationComment(checker)),
      };
    },
  };
}

const whole = ts.TypeFormatFlags.NoTruncation;

/** Whether it is declared here, and cannot be hidden from an editor (`#name`). */
function isOurs({ name, declarations = [] }: ts.Symbol): boolean {
  return !name.includes("#") && !declarations.some((node) => node.getSourceFile().isDeclarationFile);
}

/** What is written as types are; values in quotes are not names. */
function typeNamesIn(text: string): string[] {
  return text.replaceAll(/"[^"]*"/g, "").match(/\b[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*\b/g) ?? [];
}

function typeOf(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Type {
  const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0 && (symbol.flags & ts.SymbolFlags.Class) === 0;
  return isValue ? checker.getTypeOfSymbol(symbol) : checker.getDeclaredTypeOfSymbol(symbol);
}

function findAny(checker: ts.TypeChecker, type: ts.Type, place: string, seen = new Set<ts.Type>()): string[] {
  if ((type.flags & ts.TypeFlags.Any) !== 0) return [place];
  if (seen.has(type)) return [];
  seen.add(type);
  const inside = (inner: ts.Type, step: string): string[] => findAny(checker, inner, place + step, seen);
  if (type.isUnionOrIntersection()) return type.types.flatMap((part) => inside(part, ""));
  // What a foreign type holds is ours again: the result of a promise, the item of a list.
  const held = checker.getTypeArguments(type as ts.TypeReference).flatMap((part) => inside(part, "<>"));
  if (isForeign(type)) return held;
  const members = type
    .getProperties()
    .flatMap((member) => inside(checker.getTypeOfSymbol(member), `.${member.name}`));
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()].flatMap((signature) => [
    ...signature
      .getParameters()
      .flatMap((parameter) => inside(checker.getTypeOfSymbol(parameter), `(${parameter.name})`)),
    ...inside(signature.getReturnType(), "()"),
  ]);
  const indexed = checker.getIndexInfosOfType(type).flatMap(({ type: value }) => inside(value, "[]"));
  return [...held, ...members, ...signatures, ...indexed];
}

function findUndocumented(
  checker: ts.TypeChecker,
  type: ts.Type,
  place: string,
  seen = new Set<ts.Type>(),
): string[] {
  if (seen.has(type) || isForeign(type)) return [];
  seen.add(type);
  if (type.isUnionOrIntersection())
    return type.types.flatMap((part) => findUndocumented(checker, part, place, seen));
  return type
    .getProperties()
    .filter(isPublic)
    .flatMap((member) => {
      const path = `${place}.${member.name}`;
      const own = isDocumented(checker, member) ? [] : [path];
      // A named type says what its members are where it is declared.
      const inner = checker.getTypeOfSymbol(member);
      return [...own, ...(isAnonymous(inner) ? findUndocumented(checker, inner, path, seen) : [])];
    });
}

/** With words of its own, and with its source among them: within a tag, editors show it as a part of an example. */
function isDocumented(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const tags = symbol.getJsDocTags(checker).map(({ text }) => ts.displayPartsToString(text));
  const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return words !== "" && !tags.some((text) => /^Source:/m.test(text));
}

/** Declared here, and neither hidden (`#name`, a symbol) nor internal. That errors have a name, every program knows. */
function isPublic(symbol: ts.Symbol): boolean {
  if (symbol.name === "name" && (symbol.flags & ts.SymbolFlags.Accessor) !== 0) return false;
  const isInternal = symbol.getJsDocTags().some(({ name }) => name === "internal");
  return (
    isOurs(symbol) && (symbol.declarations ?? []).length > 0 && !symbol.name.startsWith("__") && !isInternal
  );
}

function isAnonymous(type: ts.Type): boolean {
  return type.aliasSymbol === undefined && type.getSymbol()?.name === "__type";
}

/** Of the standard library, which has an `any` here and there. */
function isForeign(type: ts.Type): boolean {
  const declarations = type.getSymbol()?.declarations ?? [];
  return declarations.length > 0 && declarations.every((node) => node.getSourceFile().isDeclarationFile);
}
