import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { bundleProgram } from "../support/programs.js";

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

async function runDemo(env: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [await bundleProgram("examples/demo/main.ts")], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const outcome: Outcome = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (outcome.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (outcome.stderr += text));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ ...outcome, code });
    });
  });
}

const credentials = {
  PURSE_CLIENT_ID: "id",
  PURSE_CLIENT_SECRET: "planted-secret",
  PURSE_ENTITY_ID: "entity",
};

describe("the demo", () => {
  it("tells one purchase from token to refund, and a second one that is voided", async () => {
    const { code, stdout, stderr } = await runDemo();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const story = [
      "Token",
      "Session",
      "Shopper",
      "Redirect",
      "Webhook",
      "Capture",
      "Same key again",
      "Capture the rest",
      "Refund",
      "Void",
    ];
    const places = story.map((step) => stdout.indexOf(`. ${step}  `));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(stdout).toContain("recovered instead of executed again");
    expect(stdout).toContain("1 token request in total");
    expect(stdout.match(/^ +capture +5000 EUR/gm)).toHaveLength(1);
  });

  it.each([
    ["only half of the credentials", { PURSE_CLIENT_ID: "id" }, "PURSE_CLIENT_SECRET is not"],
    [
      "production",
      { ...credentials, PURSE_ENVIRONMENT: "production" },
      "does not run with PURSE_ENVIRONMENT=production",
    ],
    [
      "another host",
      { ...credentials, PURSE_BASE_URL: "https://pay.example.org" },
      "PURSE_BASE_URL must be a host of the sandbox",
    ],
    [
      "a simulator that is not there",
      { ...credentials, PURSE_BASE_URL: "http://127.0.0.1:1" },
      "cannot be reached",
    ],
  ])("refuses %s in one line", async (_, env, reason) => {
    const { code, stderr } = await runDemo(env);
    expect(code).toBe(1);
    expect(stderr).toContain(reason);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain("planted-secret");
  });
});
