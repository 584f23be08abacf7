import { describe, expect, it } from "vitest";

import { createRedactor, createSecretMemory, redactorForBody } from "../../../src/http/redact.js";

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

describe("what counts as card-like", () => {
  it.each([13, 16, 19])("%d digits do", (digits) => {
    expect(redact(`a${"4".repeat(digits)}b`)).toBe("a[redacted]b");
  });

  it.each([12, 20])("%d digits do not", (digits) => {
    expect(redact("4".repeat(digits))).toBe("4".repeat(digits));
  });

  it("digits with one separator between two of them do, with two separators they do not", () => {
    expect(redact("4 1-1.1\u00a01 1 1 1 1 1 1 1 1 1 1 1")).toBe("[redacted]");
    expect(redact("4111  1111  1111  1111")).toBe("4111  1111  1111  1111");
    expect(redact("4111/1111/1111/1111")).toBe("4111/1111/1111/1111");
  });

  it("every one in a text is masked", () => {
    expect(redact("4111111111111111, 5555555555554444")).toBe("[redacted], [redacted]");
  });
});

describe("secrets", () => {
  // Its base64 has a plus sign, a slash and padding.
  const secret = "~~~???>>>~";
  const base64 = Buffer.from(secret).toString("base64");
  const mask = createRedactor(() => [secret, "hunter", "token"]);

  it("are masked as they are, percent-encoded, in base64 and in base64url", () => {
    expect(base64).toMatch(/\+.*=$/);
    expect(base64).toContain("/");
    const spellings = [
      secret,
      encodeURIComponent(secret),
      base64,
      encodeURIComponent(base64),
      Buffer.from(secret).toString("base64url"),
    ];
    for (const spelling of spellings) {
      expect(mask(`(${spelling}) twice: (${spelling})`)).toBe("([redacted]) twice: ([redacted])");
    }
  });

  it("of six characters are masked, shorter ones would hide ordinary words", () => {
    expect(mask("hunter has a token")).toBe("[redacted] has a token");
  });

  it("that hold half a surrogate pair are masked like any other", () => {
    expect(createRedactor(() => ["secret\ud800"])("secret\ud800 undefined")).toBe("[redacted] undefined");
  });

  it("are asked for anew each time", () => {
    const secrets: string[] = [];
    const late = createRedactor(() => secrets);
    expect(late("a secret-1")).toBe("a secret-1");
    secrets.push("secret-1");
    expect(late("a secret-1")).toBe("a [redacted]");
  });
});

describe("what a request's body said", () => {
  const body = JSON.stringify({
    amount: 4299,
    reference: "order-17",
    country: "FRA",
    city: "Rome",
    customer: { email: "ada@shop.example", phones: ["+33 1 23", 12345] },
    nothing: null,
  });
  const mask = redactorForBody(
    createRedactor(() => ["secret-1"]),
    body,
  );

  it("is masked, however deep it stood", () => {
    expect(mask("order-17 of ada@shop.example, +33 1 23")).toBe("[redacted] of [redacted], [redacted]");
    expect(mask(encodeURIComponent("ada@shop.example"))).toBe("[redacted]");
  });

  it("is masked from four characters on, and only texts are", () => {
    expect(mask("Rome, FRA, 4299, 12345, null")).toBe("[redacted], FRA, 4299, 12345, null");
  });

  it("is masked beside what is always masked", () => {
    expect(mask("secret-1, 4111111111111111")).toBe("[redacted], [redacted]");
  });

  it("is nothing when there was no body", () => {
    expect(redactorForBody(redact, undefined)("order-17")).toBe("order-17");
  });
});

describe("the secrets that are remembered", () => {
  it("are the last eight, counted from their last use", () => {
    const memory = createSecretMemory();
    for (let count = 1; count <= 8; count++) memory.note(`secret-${String(count)}`);
    memory.note("secret-1");
    expect([...memory.all()]).toHaveLength(8);
    memory.note("secret-9");
    expect([...memory.all()].sort()).toEqual(
      [1, 3, 4, 5, 6, 7, 8, 9].map((count) => `secret-${String(count)}`),
    );
  });

  it("are texts", () => {
    const memory = createSecretMemory();
    for (const value of [undefined, null, 5, { secret: "s" }]) memory.note(value);
    expect([...memory.all()]).toEqual([]);
  });
});
