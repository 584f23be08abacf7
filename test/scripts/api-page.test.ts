import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { describeOperations, type DescribedOperation } from "../../scripts/api-page/operations.js";
import { probeMethod } from "../../scripts/api-page/probe.js";
import { listOperations, readSpec } from "../../scripts/spec/document.js";
import { specFile } from "../support/prism.js";

const spec = readSpec(specFile);
const placed = listOperations(spec);
const described = describeOperations(spec, placed);
const page = readFileSync("docs/api.md", "utf8");

function probe(changes: Partial<DescribedOperation>): Promise<string | undefined> {
  const [operation] = described.filter(({ operationId }) => operationId === "capturePayment");
  const [response] = operation?.responses ?? [];
  if (operation === undefined || response === undefined) throw new Error("the spec has no capture");
  return probeMethod(spec, { ...operation, ...changes }, response);
}

it.each(described)("the page tells of $operationId, its method and all its answers", (operation) => {
  const start = page.indexOf(`### ${operation.operationId}\n`);
  const section = page.slice(start, page.indexOf("\n### ", start + 1));
  expect(section).toContain(`\`purse.${operation.sdkMethod}(`);
  for (const { status } of operation.responses) expect(section).toContain(`\n| ${status} |`);
});

it.each([
  ["createClientSession", "capture_mode", "MANUAL"],
  ["createClientSession", "integration_mode", "EMBEDDED"],
  ["createClientSession", "allow_future_usage", "false"],
  ["createPayment", "allow_future_usage", "false"],
])("the page says what %s takes where %s is left out", (operationId, member, value) => {
  const start = page.indexOf(`### ${operationId}\n`);
  const section = page.slice(start, page.indexOf("\n### ", start + 1));
  const row = section.split("\n").find((line) => line.startsWith(`| \`${member}\` `));
  expect(row).toContain(`Default: \`${value}\`.`);
});

it("an operation without a method, and a method without its operation, fail", () => {
  const [first] = placed;
  if (first === undefined) throw new Error("the spec has no operations");
  const unheardOf = { ...first, operation: { ...first.operation, operationId: "cancelEverything" } };
  expect(() => describeOperations(spec, [...placed, unheardOf])).toThrow(
    "which method performs cancelEverything",
  );
  expect(() => describeOperations(spec, placed.slice(1))).toThrow("names operations that the spec lacks");
});

it("a method that is not there, or performs another operation, fails", async () => {
  await expect(probe({})).resolves.toBeUndefined();
  await expect(probe({ sdkMethod: "payments.refund" })).rejects.toThrow(
    "not POST /payment/v2/payments/{id}/captures",
  );
  await expect(probe({ sdkMethod: "payments.cancel" })).rejects.toThrow("no method payments.cancel");
});

it("every link leads to a heading", () => {
  const headings = new Set([...page.matchAll(/^#+ (\w+)$/gm)].map((match) => match[1]?.toLowerCase()));
  const targets = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]);
  expect(targets.length).toBeGreaterThan(100);
  expect(targets.filter((target) => !headings.has(target))).toEqual([]);
});
