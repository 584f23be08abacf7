import { afterEach, expect, it, vi } from "vitest";
import { choosePlace } from "../../examples/shop/place.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ["http://127.0.0.1:4010", "", true],
  ["http://127.8.9.10:4010", "", true],
  ["http://[::1]:4010", "", true],
  ["http://localhost:4010", "", true],
  ["http://127.0.0.1:4010", "production", false],
  ["https://payments.example", "", false],
  ["https://localhost.example", "", false],
  ["https://127.0.0.1.example", "", false],
])("takes test cards at %s with NODE_ENV=%s: %s", async (address, mode, isTaken) => {
  const env = {
    PURSE_BASE_URL: address,
    PURSE_CLIENT_ID: "id",
    PURSE_CLIENT_SECRET: "secret",
    PURSE_ENTITY_ID: "3f1c1f0e-0c4b-4c8c-9d3f-6f6f6f6f6f6f",
    NODE_ENV: mode,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const place = await choosePlace(env, "unused", () => undefined);
  expect(place.takesTestCards).toBe(isTaken);
  await place.close();
});
