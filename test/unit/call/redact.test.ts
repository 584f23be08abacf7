import { describe, expect, it, vi } from "vitest";

import { createRedactor, createSecretMemory, redactorForBody } from "../../../src/call/redact.js";

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

  it.each([
    ["two blanks", "  "],
    ["a tab", "\t"],
    ["a line break", "\r\n"],
    ["a slash", "/"],
    ["an underscore", "_"],
    ["a dash between blanks", " - "],
    ["a thin space", "\u2009"],
    ["a narrow no-break space", "\u202f"],
    ["a no-break space", "\u00a0"],
    ["an ideographic space", "\u3000"],
    ["a zero-width space", "\u200b"],
    ["a soft hyphen", "\u00ad"],
    ["an en dash", "\u2013"],
    ["a non-breaking hyphen", "\u2011"],
    ["a minus sign", "\u2212"],
    ["a middle dot", "\u00b7"],
  ])("digits with %s between them do", (_, separator) => {
    for (const groups of [
      ["4111", "1111", "1111", "1111"],
      Array.from("378282246310005"),
      ["3782", "822463", "10005"],
    ])
      expect(redact(`card ${groups.join(separator)}.`)).toBe("card [redacted].");
  });

  it("digits with up to six separators of any kind between them do, with more or with letters they do not", () => {
    expect(redact("4 1-1.1\u00a01 1_1/1\t1 1 1 1 1 1 1 1")).toBe("[redacted]");
    for (const separator of [
      "    ",
      ", ",
      ":",
      "+",
      "%20",
      "=",
      "*",
      "'",
      "~",
      " | ",
      "&nbsp;",
      ")(",
      " -- ",
      "\n\n\n\n",
    ])
      expect(redact(["4111", "1111", "1111", "1111"].join(separator))).toBe("[redacted]");
    for (const text of ["4111       1111       1111       1111", "4111a1111b1111c1111"])
      expect(redact(text)).toBe(text);
  });

  it("digits of other scripts do", () => {
    expect(redact("\uff14\uff11\uff11\uff11 ".repeat(4))).toBe("[redacted] ");
    expect(redact("\u0664\u0661\u0661\u0661".repeat(4))).toBe("[redacted]");
  });

  it("a card number beside other numbers is masked whole", () => {
    const number = "4111 1111 1111 1111";
    for (const text of [
      `123456789012 ${number}`,
      `2027-01 ${number}`,
      `12 34 56 ${number}`,
      `${number} 12/27 123`,
    ]) {
      expect(redact(text)).not.toMatch(/1111|4111/);
      expect(redact(`order ${text} refused`)).toMatch(/^order \[redacted\].* refused$/);
    }
    expect(redact(`${number} ${number}`)).toBe("[redacted]");
  });

  it("digits before a UUID do not reach into it", () => {
    const id = "12345678-1234-4234-8234-123456789012";
    expect(redact(`status 409 / ${id}`)).toBe(`status 409 / ${id}`);
    expect(redact(`4111 1111 1111 1111 ${id} 12`)).toBe(`[redacted] ${id} 12`);
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

  it("that hold a card-like number are masked whole, and so are those that overlap", () => {
    const overlapping = createRedactor(() => [
      "key-4111111111111111-end",
      "end-of-it",
      "client:secret",
      "secret",
    ]);
    expect(overlapping("(key-4111111111111111-end)")).toBe("([redacted])");
    expect(overlapping("(key-4111111111111111-end-of-it)")).toBe("([redacted])");
    expect(overlapping("(client:secret)")).toBe("([redacted])");
    expect(createRedactor(() => ["redact", "acted]"])("a redacted word")).toBe("a [redacted]ed word");
  });

  it("are asked for anew each time", () => {
    const secrets: string[] = [];
    const late = createRedactor(() => secrets);
    expect(late("a secret-1")).toBe("a secret-1");
    secrets.push("secret-1");
    expect(late("a secret-1")).toBe("a [redacted]");
  });
});

describe("a text that is cut", () => {
  const token = Array.from({ length: 40 }, (_, index) => `Tk${String(index)}/+~`).join("");
  const long = Array.from({ length: 2000 }, (_, index) => `Long${String(index)}`).join("");
  const spellings = (secret: string): string[] => {
    const bytes = Buffer.from(secret);
    const base64 = bytes.toString("base64");
    return [
      secret,
      encodeURIComponent(secret),
      base64,
      encodeURIComponent(base64),
      bytes.toString("base64url"),
    ];
  };
  const known = createRedactor(() => [token, long, "short-secret"]);
  const hidden: readonly [string, readonly string[]][] = [
    ["a token", spellings(token)],
    ["a secret of many kilobytes", spellings(long)],
    ["a short secret", spellings("short-secret")],
    ["a card number", ["4111111111111111", "4111 - 1111 - 1111 - 1111", "3782_822463_10005"]],
  ];

  it.each(hidden)("has no piece of %s at its end, at any position of the cut", (_, texts) => {
    for (const text of texts) {
      for (let before = 0; before <= 100; before++) {
        const kept = known(`${"x".repeat(before)}${text} and ${text}`, 100);
        expect(kept).toBe(
          `${"x".repeat(before)}[redacted] and [redacted]`.slice(0, Math.min(100, kept.length)),
        );
        expect(kept.length).toBeGreaterThanOrEqual(before);
      }
    }
  });

  it("keeps nothing from behind the cut when what is masked before it is longer than the mask", () => {
    for (const text of spellings(token)) {
      expect(known(text.repeat(20), 200)).toMatch(/^(\[redacted\])+$/);
      expect(known(`${text} ${"y".repeat(500)} ${text}`, 200)).toMatch(/^\[redacted\]( y*)?$/);
    }
    expect(known("4111111111111111,".repeat(20), 50)).toMatch(/^[[\],redact]{1,50}$/);
  });

  it("is as long as it may be, and no longer", () => {
    expect(known("x".repeat(300), 200)).toBe("x".repeat(200));
    expect(known("x".repeat(200), 200)).toBe("x".repeat(200));
    expect(known(`${"x".repeat(195)} short-secret`, 200)).toBe(`${"x".repeat(195)} [red`);
  });

  it("is not looked through to its end, however long it is", () => {
    const text = "4111 Tk0/".repeat(1_000_000);
    const names = ["replace", "replaceAll", "matchAll", "indexOf", "includes"] as const;
    const looks = names.map((name) => vi.spyOn(String.prototype, name));
    known(text, 200);
    const lengths = looks.flatMap(({ mock }) => mock.contexts.map((context) => String(context).length));
    for (const look of looks) look.mockRestore();
    expect(lengths.length).toBeGreaterThan(0);
    expect(Math.max(...lengths)).toBeLessThan(50_000);
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
    expect(mask("secret-1 and 4111111111111111")).toBe("[redacted] and [redacted]");
  });

  it("is masked whole where a long text of it is quoted, or its beginning at the cut", () => {
    const text = Array.from({ length: 4000 }, (_, index) => `Note ${String(index)}; `).join("");
    const long = redactorForBody(redact, JSON.stringify({ note: text }));
    expect(long(`said: ${text} end`)).toBe("said: [redacted]");
    for (let before = 0; before < 200; before += 7)
      expect(long(`${"x".repeat(before)}${text}`, 200)).toBe(`${"x".repeat(before)}[redacted]`.slice(0, 200));
  });

  it("is masked in every spelling, with any characters at its beginning", () => {
    const texts = [
      "\u00e4ngstr\u00f6m",
      "N\u00e4me",
      "\ud83d\ude00 smile",
      "ab\ud83d\ude00 smile",
      "+33 1 23",
      "a/b/c/d",
    ];
    const each = redactorForBody(redact, JSON.stringify({ texts }));
    for (const text of texts) {
      const base64 = Buffer.from(text).toString("base64");
      const base64Url = Buffer.from(text).toString("base64url");
      for (const spelling of [text, encodeURIComponent(text), base64, encodeURIComponent(base64), base64Url])
        expect(each(`(${spelling})`)).toBe("([redacted])");
    }
  });

  it("leaves a text alone that is an id and nothing else, unless a secret is in it", () => {
    const id = "9a14962c-bdcf-49d1-8673-e75dfb48013f";
    const body = JSON.stringify({
      references: ["49d1", "e75dfb48"],
      webhook: { headers: [{ values: ["bdcf-49d1"] }] },
    });
    const without = JSON.stringify({ references: ["49d1", "e75dfb48"] });
    expect(redactorForBody(redact, without)(id)).toBe(id);
    expect(redactorForBody(redact, body)(id)).toBe("9a14962c-[redacted]-8673-e75dfb48013f");
    expect(
      redactorForBody(
        createRedactor(() => [id]),
        without,
      )(id),
    ).toBe("[redacted]");
  });

  it("is left in words that may quote it, but for the headers of a webhook", () => {
    const webhook = {
      url: "https://shop.example/hook",
      headers: [{ name: "x-secret", values: ["webhook-secret"] }],
    };
    const { words } = redactorForBody(
      createRedactor(() => ["secret-1"]),
      JSON.stringify({ reference: "order-17", webhook }),
    );
    expect(words("order-17: webhook-secret at shop.example, secret-1 and 4111111111111111")).toBe(
      "order-17: [redacted] at shop.example, [redacted] and [redacted]",
    );
  });

  it("is read once, and not at all when there is nothing to mask", () => {
    const parse = vi.spyOn(JSON, "parse");
    const once = redactorForBody(redact, body);
    expect(parse).not.toHaveBeenCalled();
    for (const text of ["order-17", "ada@shop.example", "urn:x"]) once(once.words(text), 200);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it("is spelt out as far as an answer may quote it, however much it said", () => {
    const items = Array.from({ length: 30_000 }, (_, index) => ({
      name: `item-${String(index)}`,
      note: `${String(index)}-x`,
    }));
    const large = redactorForBody(redact, JSON.stringify({ items }));
    const spelling = vi.spyOn(globalThis, "btoa");
    expect(large("item number 7 of the order is not known", 200)).toBe(
      "item number 7 of the order is not known",
    );
    expect(large("item-29999", 200)).toBe("[redacted]");
    expect(large.words("item-29999", 200)).toBe("item-29999");
    expect(spelling.mock.calls.length).toBeLessThan(35_000);
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
