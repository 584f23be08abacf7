import { describe, expect, it } from "vitest";
import { pageChecker, type Report } from "../../scripts/docs-check/check.js";
import { operationsFromElsewhere, valuesFromElsewhere } from "../../scripts/docs-check/elsewhere.js";
import { describeReport } from "../../scripts/docs-check/report.js";
import { listValueLists } from "../../scripts/docs-check/values.js";
import { listOperations, readSpec } from "../../scripts/spec/document.js";
import { leavesOf, replacedAt, valueAt } from "../../scripts/spec/json.js";
import { specFile } from "../support/prism.js";
import { htmlOf, pageOf, textOf, titleFrom, type PageLine } from "./fixtures/docs-page.js";

const spec = readSpec(specFile);
const page = pageOf(spec);
const checkText = pageChecker(spec);

function check(lines: readonly PageLine[]): Report {
  return checkText(textOf(lines));
}

/** The page with one example altered. */
function altered(name: string, pointer: string, value: unknown): PageLine[] {
  return page.map((line) =>
    typeof line === "string" || line.name !== name
      ? line
      : { name, value: replacedAt(line.value, pointer, value) },
  );
}

function without(unwanted: string): PageLine[] {
  return page.filter((line) => (typeof line === "string" ? line !== unwanted : line.name !== unwanted));
}

function summary({ differences }: Report): string[] {
  return differences.map(({ kind, subject }) => `${kind} ${subject}`);
}

describe("a page that shows what the spec has", () => {
  it("is fully covered", () => {
    const { counts, differences } = check(page);
    expect(differences).toEqual([]);
    expect(counts.documentedExamples).toEqual([12, 12]);
    expect(counts.operations).toEqual([10, 10]);
    expect(counts.repairs[0]).toBe(counts.repairs[1]);
    expect(counts.repairs[0]).toBeGreaterThan(0);
    expect(counts.responses[0]).toBe(counts.responses[1]);
  });

  it.each(["tree", "pre"] as const)("is fully covered as HTML with samples as %s", (samples) => {
    const { format, counts, differences } = checkText(htmlOf(page, samples));
    expect(format).toBe("HTML");
    expect(differences).toEqual([]);
    expect(counts).toEqual(check(page).counts);
  });

  it("is fully covered when its examples are spread over lines and repeated", () => {
    const lines = page.map((line) =>
      typeof line === "string" ? line : JSON.stringify(line.value, undefined, 2),
    );
    expect(check([...lines, ...lines]).differences).toEqual([]);
  });

  it("is fully covered when the vendor has repaired an example", () => {
    const email = "emily.rose.parker@example.org";
    expect(check(altered("PaymentRequest", "/customer/email", email)).differences).toEqual([]);
  });

  it("is described in a few lines", () => {
    const lines = describeReport("page.txt", check(page)).split("\n");
    expect(lines[0]).toBe("page.txt (text): full coverage, in both directions");
    expect(lines.length).toBeLessThan(10);
  });
});

describe("what is new in the page", () => {
  it("is a member, named once for all examples", () => {
    const text = textOf(page).replaceAll('"sku_reference":', '"ean":"4006381333931","sku_reference":');
    const report = checkText(text);
    // What is sent and what is answered have schemas of their own.
    expect(summary(report).sort()).toEqual([
      "undeclared-member ItemLine.ean",
      "undeclared-member ItemLineRequest.ean",
    ]);
    const difference = report.differences.find(({ subject }) => subject === "ItemLineRequest.ean");
    expect(difference?.detail).toBe('"4006381333931"');
    expect(difference?.places[0]?.at).toBe("createClientSession request /order/shipments/0/item_lines/0/ean");
    expect(difference?.places.length).toBeGreaterThan(2);
    expect(describeReport("page.txt", report)).toMatch(
      /ItemLineRequest\.ean: "4006381333931"\n +line \d+, .+ more\)/,
    );
  });

  it("is a member with members of its own", () => {
    const report = check(altered("PaymentRead", "/overview", { ...overview(), last: { action: "CAPTURE" } }));
    expect(summary(report)).toEqual(["undeclared-member Overview.last"]);
  });

  it("is a value of an open list", () => {
    const report = check(altered("ClientSessionRequest", "/customer/account/age_indicator", "LONG_AGO"));
    expect(summary(report)).toEqual(['unknown-value AccountAgeIndicator "LONG_AGO"']);
    expect(report.differences[0]?.places).toEqual([
      {
        line: expect.any(Number) as number,
        at: "createClientSession request /customer/account/age_indicator",
      },
    ]);
  });

  it("is a value of a closed list or another constant", () => {
    const report = check(altered("ClientSessionRequest", "/capture_mode", "SCHEDULED"));
    expect(summary(report)).toEqual(['unknown-value CreateClientSessionRequest.capture_mode "SCHEDULED"']);
  });

  it.each([
    "SCHEDULED",
    "x-purse-trace",
    "/customer/colour",
    "/v3/payments",
    "capture_time",
    'Enum: "LATER"',
  ])("is the constant %s", (line) => {
    const { differences } = check([...page, line]);
    expect(differences.map(({ kind, places }) => [kind, places])).toEqual([
      ["unknown-constant", [{ line: page.length + 1 }]],
    ]);
  });

  it.each(["/customer/email", "/split/0/amount", "/v2/payments/{id}", "capture_delay", 'Enum: "MANUAL"'])(
    "is not the known constant %s",
    (line) => {
      expect(check([...page, line]).differences).toEqual([]);
    },
  );

  it("is an operation with its example", () => {
    const report = check([
      ...page,
      "Create a payment schedule",
      '{"payment_schedule": {"url": "https://example.org"}}',
    ]);
    expect(summary(report)).toEqual([
      'unplaced-example {"payment_schedule":{"url":"https://example.org"}}',
      "unknown-title Create a payment schedule",
    ]);
  });

  it("is a second example of a known schema", () => {
    const report = check([...page, JSON.stringify({ amount: 10, merchant_reference: "R-1" })]);
    expect(report.differences.map(({ kind, subject }) => [kind, subject.split(" ")[1]])).toEqual([
      ["new-example", "request"],
    ]);
  });

  it("is a response", () => {
    expect(summary(check([...page, "Too Many Requests"]))).toEqual([
      "unknown-response getSigningJwks 429 Too Many Requests",
    ]);
  });
});

describe("what is different in the page", () => {
  it.each([
    [
      "AccessToken.expires_in",
      "createAccessToken response 200",
      "/expires_in",
      "3600",
      '"3600" is not integer',
    ],
    [
      "Card.bin",
      "PaymentRead",
      "/authorization/partner_transactions/1/card/bin",
      513842,
      "513842 is not string",
    ],
    ["AbortClientSessionRequest.status", "abortClientSession request", "/status", 5, "5 is not string"],
    ["Payment.captures", "PaymentRead", "/captures", {}, "{} is not array"],
  ])("is the type of %s", (subject, name, pointer, value, detail) => {
    const found = check(altered(name, pointer, value)).differences.filter(
      ({ kind }) => kind !== "value-gone",
    );
    expect(found).toMatchObject([{ kind: "type-change", subject, detail }]);
  });

  it("is a format", () => {
    const report = check(altered("PaymentRead", "/created_at", "yesterday"));
    expect(summary(report)).toEqual(["broken-rule Payment.created_at"]);
  });

  it("is an allowed value, which the spec's example then lacks", () => {
    const report = check(altered("PaymentRead", "/amount", 4300));
    expect(summary(report)).toEqual(["changed-example PaymentRead /amount"]);
    expect(report.differences[0]?.detail).toBe("4300 in the page, 4299 in the spec");
  });

  it("is a masked value in another place than the declared one", () => {
    const report = check(altered("ClientSessionRequest", "/customer/locale", "[email protected]"));
    expect(summary(report)).toEqual(["changed-example ClientSessionRequest /customer/locale"]);
  });
});

describe("what is gone from the page", () => {
  it.each(listOperations(spec).map(({ operation }) => operation.operationId))(
    "is the operation %s",
    (operationId) => {
      const isOfThePage = !operationsFromElsewhere.includes(operationId);
      expect(summary(check(without(titleFrom(operationId))))).toEqual(
        isOfThePage ? [`operation-gone ${operationId}`] : [],
      );
    },
  );

  it("is none of the operations that only guides describe, which the spec has", () => {
    const ids = listOperations(spec).map(({ operation }) => operation.operationId);
    expect(operationsFromElsewhere.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it.each(page.flatMap((line) => (typeof line === "string" ? [] : [line.name])))(
    "is the example %s",
    (name) => {
      const found = summary(check(without(name))).filter((text) => !text.startsWith("value-gone"));
      expect(found).toEqual([`example-gone ${name}`]);
    },
  );

  it.each(["AUTOMATIC", "HOSTED_PAGE", "CHALLENGE_REQUESTED_BY_MERCHANT", "false", "purse-redirection-data"])(
    "is the constant %s",
    (constant) => {
      const report = check(without(constant));
      expect(summary(report)).toEqual([`value-gone ${constant}`]);
      expect(report.differences[0]?.detail).not.toBe("");
    },
  );

  it("is a value that only an example showed", () => {
    const lines = textOf(page).replaceAll('"delivery_quickness":"EXPRESS"', '"delivery_quickness":"REGULAR"');
    expect(summary(checkText(lines))).toContain("value-gone EXPRESS");
  });

  it("is a member of an example", () => {
    const text = textOf(page).replaceAll(',"triggered_by":"MERCHANT"', "");
    expect(summary(checkText(text))).toEqual(["broken-rule Operation.triggered_by", "value-gone MERCHANT"]);
  });

  it("is a response", () => {
    expect(summary(check(without("Conflict")))).toEqual(["response-gone capturePayment 409 Conflict"]);
  });

  it("is the end of an example", () => {
    const lines = page.map((line) => {
      const isCut = typeof line !== "string" && line.name === "ClientSessionSubmitted";
      return isCut ? JSON.stringify(line.value).slice(0, 300) : line;
    });
    const report = check(lines);
    expect(summary(report).slice(1)).toEqual(["example-gone ClientSessionSubmitted", "value-gone SUBMITTED"]);
    expect(report.differences[0]).toMatchObject({ kind: "broken-example", detail: "it never ends" });
  });

  it("is the end of the page", () => {
    const text = textOf(page);
    const kinds = check([text.slice(0, text.length / 2)]).differences.map(({ kind }) => kind);
    expect(kinds).toContain("broken-example");
    expect(kinds).toContain("example-gone");
    expect(kinds).toContain("operation-gone");
  });
});

it("notices any member that gets another name", () => {
  const read = page.find((line) => typeof line !== "string" && line.name === "PaymentAfterOperation");
  const value = typeof read === "object" ? read.value : {};
  // One leaf in twenty: each costs a whole comparison.
  const pointers = [...leavesOf(value).keys()].filter(
    (pointer, index) => index % 20 === 0 && !/\/\d+$/.test(pointer),
  );
  expect(pointers.length).toBeGreaterThan(5);
  for (const pointer of pointers) {
    const parent = pointer.slice(0, pointer.lastIndexOf("/"));
    const renamed = { ...(valueAt(value, parent) as object), renamed_member: 1 };
    const found = summary(check(altered("PaymentAfterOperation", parent, renamed)));
    expect(found).toEqual([expect.stringMatching(/^undeclared-member .*\.renamed_member$/)]);
  }
});

it("expects from elsewhere only what the spec lists", () => {
  const lists = new Map(
    listValueLists(spec).map(({ name, values }) => [name, values.map(({ value }) => value)]),
  );
  for (const [name, values] of Object.entries(valuesFromElsewhere)) {
    expect(lists.get(name)).toEqual(expect.arrayContaining([...values]));
  }
});

function overview(): object {
  return valueAt(spec, "/components/examples/PaymentRead/value/overview") as object;
}
