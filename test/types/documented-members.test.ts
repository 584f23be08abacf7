import { describe, expect, it } from "vitest";
import { createExplorer } from "./explorer.js";

describe.each([
  ["src/index.ts"],
  ["src/browser/index.ts"],
  ["src/checkout/index.ts"],
  ["src/journal/index.ts"],
  ["src/money/index.ts"],
  ["src/opentelemetry/index.ts"],
  ["src/redirection/index.ts"],
  ["src/simulator/index.ts"],
  ["src/undici/index.ts"],
  ["src/webhooks/index.ts"],
  ["src/webhooks/node.ts"],
])("%s", (entry) => {
  const explorer = createExplorer(entry);

  it("says what each exported name is", () => {
    // The closed types stand right below the arrays that they are made from.
    const silent = explorer
      .exportedNames()
      .filter((exported) => !exported.name.startsWith("Known") && !explorer.isDocumented(exported));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it("says what each member is", () => {
    expect(explorer.exportedNames().flatMap((exported) => explorer.undocumentedWithin(exported))).toEqual([]);
  });
});

it("a member without a word is found, however it is declared", () => {
  const fixture = createExplorer("test/types/undocumented-fixture.ts");
  expect(fixture.exportedNames().flatMap((exported) => fixture.undocumentedWithin(exported))).toEqual([
    "Plain.silent",
    "Plain.inner.silent",
    "OfClass.silent",
    "OfClass.method",
    "Either.silent",
    "WithSource.misplaced",
  ]);
});
