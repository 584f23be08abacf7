import { describe, expect, it } from "vitest";

import { createRedactor } from "../../../src/http/redact.js";

const redact = createRedactor(() => []);

describe("card-like numbers", () => {
  it.each([
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111.1111.1111.1111",
    "3782 822463 10005",
  ])("masks %s", (number) => {
    expect(redact(`card ${number} was refused`)).toBe("card [redacted] was refused");
  });

  it("masks one beside a UUID, and one inside a longer word that only looks like a UUID", () => {
    const id = "8c1f9b1e-0000-4000-8000-00000000abcd";
    expect(redact(`4111111111111111 for ${id}`)).toBe(`[redacted] for ${id}`);
    expect(redact("xe59db90e-5823-4689-9446-0136061cca61")).toBe("xe59db90e-[redacted]cca61");
    expect(redact("e59db90e-5823-4689-9446-0136061cca61z")).toContain("[redacted]");
  });

  it.each([
    "e59db90e-5823-4689-9446-0136061cca61",
    "12345678-1234-4234-8234-123456789012",
    "E59DB90E-5823-4689-9446-0136061CCA61",
  ])("leaves the UUID %s as it is, however many digits it holds in a row", (id) => {
    expect(redact(`payment ${id}, key ${id}.`)).toBe(`payment ${id}, key ${id}.`);
  });
});
