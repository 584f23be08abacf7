import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { bundleProgram } from "../support/programs.js";

const run = promisify(execFile);

test("the example of observability tells a recovered capture as lines, spans and metrics", async () => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PURSE_")));
  const program = await bundleProgram("examples/observability.ts");
  const { stdout, stderr } = await run(process.execPath, [program], { env });
  expect(stderr).toBe("");
  const lines = stdout.split("\n");
  expect(lines.filter((line) => line.startsWith("warn") || line.startsWith("info"))).toEqual([
    expect.stringMatching(/^warn {3}capturePayment: sent again in \d+ ms \(transient\)$/),
    expect.stringMatching(/^info {3}capturePayment: recovered after 3 requests in \d+ ms$/),
  ]);
  expect(lines).toContain("result recovered after 3 requests");
  const place = lines.indexOf("span   Purse.capturePayment recovered");
  expect(lines.slice(place + 1, place + 5)).toEqual([
    "       purse.attempt connection_lost",
    "       purse.retry transient",
    "       purse.attempt answered 409",
    "       purse.attempt answered 200",
  ]);
  expect(lines).toContain("metric purse.client.recoveries capturePayment 1");
  expect(stdout).not.toContain("call the pager");
}, 60_000);
