import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { afterAll, describe, expect, it } from "vitest";
import { readSpec, type Spec } from "../../scripts/spec/document.js";
import { isRecord, step, valueAt } from "../../scripts/spec/json.js";
import { countStatements, markdownTable, plainTable } from "../../scripts/spec/provenance-table.js";
import { findFaults, listStatements } from "../../scripts/spec/provenance.js";
import { bundleProgram } from "../support/programs.js";
import { specFile } from "../support/prism.js";

const script = await bundleProgram("scripts/spec-provenance.ts");
const folder = mkdtempSync(join(tmpdir(), "spec-provenance-"));
const spec = readSpec(specFile);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A copy of the spec with one place set to a value, or without it. */
function altered(path: readonly (string | number)[], value?: unknown): Spec {
  const copy = structuredClone(spec);
  const holder = valueAt(copy, path.slice(0, -1).reduce<string>(step, ""));
  if (!isRecord(holder)) throw new Error(`the spec has no object for ${path.join(" ")}`);
  const name = String(path.at(-1));
  if (value === undefined) Reflect.deleteProperty(holder, name);
  else holder[name] = value;
  return copy;
}

describe("faults", () => {
  it("are none in the spec", () => {
    expect(findFaults(spec)).toEqual([]);
  });

  it.each([
    ["operation", ["paths", "/payment/v2/payments/{id}", "get"], "/paths/~1payment~1v2~1payments~1{id}/get"],
    [
      "request body",
      ["paths", "/oauth/token", "post", "requestBody"],
      "/paths/~1oauth~1token/post/requestBody",
    ],
    ["shared response", ["components", "responses", "Forbidden"], "/components/responses/Forbidden"],
    ["shared parameter", ["components", "parameters", "PaymentId"], "/components/parameters/PaymentId"],
    ["schema", ["components", "schemas", "Order"], "/components/schemas/Order"],
    [
      "property",
      ["components", "schemas", "Order", "properties", "reference"],
      "/components/schemas/Order/properties/reference",
    ],
    ["security scheme", ["components", "securitySchemes", "api_key"], "/components/securitySchemes/api_key"],
    ["server", ["servers", 1], "/servers/1"],
  ])("name a %s without a provenance", (kind, path, pointer) => {
    expect(findFaults(altered([...path, "x-provenance"]))).toEqual([
      `${pointer}: this ${kind} has no provenance`,
    ]);
  });

  it.each([
    ["path", ["paths", "/oauth/token", "post", "x-path-provenance"]],
    ["response", ["paths", "/oauth/token", "post", "x-response-provenance", "404"]],
    ["response", ["webhooks", "paymentChanged", "post", "x-response-provenance", "2XX"]],
    ["parameter", ["paths", "/payment/v2/payments/{id}", "get", "x-parameter-provenance", "Cache-Control"]],
    ["required member", ["components", "schemas", "Payment", "x-required-provenance", "id"]],
    ["constraint", ["components", "schemas", "MinorUnits", "x-constraint-provenance", "minimum"]],
    [
      "constraint",
      ["components", "schemas", "OrderRequest", "x-constraint-provenance", "additionalProperties"],
    ],
    [
      "constraint",
      ["components", "parameters", "PaymentId", "schema", "x-constraint-provenance", "minLength"],
    ],
  ])("name a %s that is attached without a provenance, and a provenance of none", (kind, path) => {
    const pointer = path.reduce<string>(step, "");
    expect(findFaults(altered(path))).toEqual([`${pointer}: this ${kind} has no provenance`]);
    if (kind === "path") return;
    const stray = [...path.slice(0, -1), "stray"];
    expect(findFaults(altered(stray, "guess"))).toEqual([
      `${stray.reduce<string>(step, "")}: there is no such ${kind}`,
    ]);
  });

  it("name a statement without a source, an unknown source and one that is not used", () => {
    const path = ["components", "schemas", "Order", "properties", "reference", "x-source"];
    const pointer = "/components/schemas/Order/properties/reference";
    expect(findFaults(altered(path))).toEqual([`${pointer}: this property names no source`]);
    expect(findFaults(altered(path, "hearsay"))).toEqual([`${pointer}: x-sources has no "hearsay"`]);
    expect(findFaults(altered(["x-sources", "hearsay"], { title: "Hearsay" }))).toEqual([
      "/x-sources/hearsay: no statement names it",
    ]);
  });

  it("name a note that no renderer shows", () => {
    const path = ["components", "schemas", "Order", "x-provenance-note"];
    expect(findFaults(altered(path, "seen once"))).toEqual([
      expect.stringContaining("say it in the description"),
    ]);
  });

  it("name an inner schema with members and its members", () => {
    const items = [
      "components",
      "schemas",
      "Authentication",
      "properties",
      "partner_authentications",
      "items",
    ];
    expect(findFaults(altered([...items, "x-provenance"]))).toEqual([
      `/${items.join("/")}: this schema has no provenance`,
    ]);
    expect(findFaults(altered([...items, "properties", "status", "x-provenance"]))).toEqual([
      `/${items.join("/")}/properties/status: this property has no provenance`,
    ]);
  });

  it("name an unknown word", () => {
    const path = ["components", "schemas", "Order", "properties", "reference", "x-provenance"];
    expect(findFaults(altered(path, "rumour"))).toEqual([
      '/components/schemas/Order/properties/reference: "rumour" is none of documented, example, inferred, guess',
    ]);
  });

  it("name a value without a provenance", () => {
    const place = "/components/schemas/Gender/x-enum-provenance";
    expect(findFaults(altered(["components", "schemas", "Gender", "x-enum-provenance", "MALE"]))).toEqual([
      `${place}/MALE: this enum value has no provenance`,
    ]);
    expect(findFaults(altered(["components", "schemas", "Gender", "x-enum-provenance"]))).toEqual([
      `${place}/FEMALE: this enum value has no provenance`,
      `${place}/MALE: this enum value has no provenance`,
    ]);
    expect(
      findFaults(altered(["components", "schemas", "Gender", "x-enum-provenance", "MALE"], "rumour")),
    ).toEqual([`${place}/MALE: "rumour" is none of documented, example, inferred, guess`]);
  });

  it("name a provenance of a value that is not listed", () => {
    expect(
      findFaults(altered(["components", "schemas", "Gender", "x-enum-provenance", "OTHER"], "guess")),
    ).toEqual(["/components/schemas/Gender/x-enum-provenance/OTHER: there is no such enum value"]);
  });

  it("name a provenance where nothing is counted", () => {
    expect(findFaults(altered(["tags", 0, "x-provenance"], "documented"))).toEqual([
      "/tags/0: has an x-provenance, but is no statement that this script counts",
    ]);
  });

  it("do not come from closed lists, nor from what stands in examples", () => {
    const values = ["components", "schemas", "CreatePaymentRequest", "properties", "capture_mode", "enum"];
    expect(findFaults(altered(values, ["MANUAL", "AUTOMATIC", "LATER"]))).toEqual([]);
    expect(
      findFaults(altered(["components", "examples", "PaymentRead", "value", "x-provenance"], "x")),
    ).toEqual([]);
  });
});

describe("the table", () => {
  it("counts every provenance that is written down", () => {
    const written = readFileSync(specFile, "utf8").match(/^[ -]*x-provenance: \w+$/gm) ?? [];
    const statements = listStatements(spec).filter(({ isAttached }) => isAttached !== true);
    expect(statements.length).toBe(written.length);
  });

  it("adds up", () => {
    const rows = countStatements(listStatements(spec)).slice(1);
    const numbers = rows.map((row) => row.slice(1).map(Number));
    const total = numbers.pop() ?? [];
    for (const row of numbers)
      expect(row.slice(0, -1).reduce((sum, count) => sum + count, 0)).toBe(row.at(-1));
    for (const [column, sum] of total.entries())
      expect(numbers.reduce((count, row) => count + (row[column] ?? 0), 0)).toBe(sum);
  });

  it("changes with the spec and with nothing else", () => {
    const table = (from: Spec): string => plainTable(countStatements(listStatements(from)));
    expect(table(readSpec(specFile))).toBe(table(spec));
    const path = ["components", "schemas", "Gender", "x-enum-provenance", "MALE"];
    expect(table(altered(path, "guess"))).not.toBe(table(spec));
  });

  it("is Markdown that prettier leaves as it is", async () => {
    const table = markdownTable(countStatements(listStatements(spec)));
    expect(await format(table, { parser: "markdown" })).toBe(`${table}\n`);
  });
});

describe("the command", () => {
  const readme = join(folder, "README.md");

  function run(...args: string[]) {
    return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  }

  it("prints the table", () => {
    const { status, stdout } = run();
    expect(stdout).toBe(`${plainTable(countStatements(listStatements(spec)))}\n`);
    expect(status).toBe(0);
    expect(run("--markdown").stdout).toMatch(/^\| statement +\| documented \|/);
  });

  it("writes the table into a file, and says when it is stale", () => {
    writeFileSync(readme, "# A\n\n<!-- provenance --><!-- /provenance -->\n\nB\n");
    const stale = run("--check", readme);
    expect(stale.stderr).toContain(`${readme}: the table is stale`);
    expect(stale.status).toBe(1);
    expect(run("--write", readme).status).toBe(0);
    const written = readFileSync(readme, "utf8");
    expect(written).toMatch(
      /^# A\n\n<!-- provenance -->\n\n\| statement [^]*\|\n\n<!-- \/provenance -->\n\nB\n$/,
    );
    expect(run("--check", readme).status).toBe(0);
    expect(run("--write", readme).stdout).toContain("agrees");
    expect(readFileSync(readme, "utf8")).toBe(written);
  });

  it("ends with 2 for a file without markers and for none", () => {
    writeFileSync(readme, "# A\n");
    expect(run("--check", readme)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(readme) as string,
    });
    expect(run("--check", join(folder, "none.md")).status).toBe(2);
  });

  it("ends with 1 and names the statement when the spec has a fault", () => {
    const file = join(folder, "spec.yaml");
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(altered(["components", "schemas", "Order", "x-provenance"])));
    const { status, stderr } = run("--spec", file);
    expect(stderr).toBe("/components/schemas/Order: this schema has no provenance\n");
    expect(status).toBe(1);
  });

  it("explains itself", () => {
    expect(run("--help").stdout).toContain("npm run spec:provenance");
  });
});
