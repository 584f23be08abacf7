import { expect, test } from "vitest";
import { isWebhookSourceAddress, webhookSourceAddresses } from "../../../../src/webhooks/index.js";

test.each([
  ["34.22.174.22", "production", true],
  ["34.22.174.22", "sandbox", false],
  ["35.195.66.77", "sandbox", true],
  ["::ffff:34.141.13.87", "sandbox", true],
  ["::FFFF:34.141.13.87", "sandbox", true],
  ["134.22.174.22", "production", false],
  ["34.22.174.220", "production", false],
  ["34.22.174.22, 10.0.0.1", "production", false],
  ["127.0.0.1", "production", false],
  ["", "production", false],
] as const)("%s in %s: %s", (address, environment, expected) => {
  expect(isWebhookSourceAddress(address, environment)).toBe(expected);
});

test("no address belongs to both environments", () => {
  const { production, sandbox } = webhookSourceAddresses;
  expect(production.filter((address) => sandbox.includes(address))).toEqual([]);
  expect(production.length).toBeGreaterThan(0);
  expect(sandbox.length).toBeGreaterThan(0);
});
