import { describe, expect, test } from "vitest";
import { nextStep, PurseCheckoutError, type PaymentStep } from "../../../src/checkout/index.js";
import { PurseInvalidArgumentError, type Payment } from "../../../src/index.js";
import { thrownBy } from "../../support/failures.js";

const acs = "https://acs.example/challenge";
const bank = "https://bank.example/start";

/** As it may have been answered: nothing of it is validated. */
const stepOf = (payment: unknown): PaymentStep => nextStep(payment as Payment);

interface Parts {
  readonly partner?: unknown;
  readonly redirection?: unknown;
}

function pending({ partner, redirection }: Parts): unknown {
  const transaction = { status: "PENDING", partner_additional_data: partner };
  return { authorization: { status: "PENDING", partner_transactions: [transaction] }, redirection };
}

describe("of the forms of a redirection, the first that applies is taken:", () => {
  const partner = {
    redirection_url: bank,
    redirection_json: '{"a":"1"}',
    redirect_url_post_params: "b=2",
  };
  const redirection = { href: acs, method: "POST", body: "c=3", form: "<form></form>" };
  const post = (url: string, name: string, value: string): PaymentStep => ({
    kind: "post",
    url,
    fields: [{ name, value }],
  });

  test.each<[string, Parts, PaymentStep]>([
    ["the partner's own address", { partner, redirection }, post(bank, "a", "1")],
    [
      "the partner's own address, without a redirection",
      { partner: { redirection_url: bank, redirection_json: '{"a":"1"}' } },
      post(bank, "a", "1"),
    ],
    [
      "the partner's parameters, as the partner has no parameters for its address",
      { partner: { ...partner, redirection_json: "" }, redirection },
      post(acs, "b", "2"),
    ],
    [
      "the partner's parameters",
      { partner: { redirect_url_post_params: "b=2" }, redirection },
      post(acs, "b", "2"),
    ],
    ["the body", { redirection }, post(acs, "c", "3")],
    ["the body, beside other data", { partner: { opc: "3x002" }, redirection }, post(acs, "c", "3")],
    [
      "the body, with the method in any case",
      { redirection: { ...redirection, method: "post" } },
      post(acs, "c", "3"),
    ],
    ["the address", { redirection: { ...redirection, body: undefined } }, { kind: "open", url: acs }],
    [
      "the address, as the method is GET",
      { redirection: { ...redirection, method: "GET" } },
      { kind: "open", url: acs },
    ],
    [
      "the address, as there is no method",
      { redirection: { href: acs, body: "c=3" } },
      { kind: "open", url: acs },
    ],
    [
      "the address, as the body is empty",
      { redirection: { ...redirection, body: "" } },
      { kind: "open", url: acs },
    ],
    ["the form", { redirection: { form: "<form></form>" } }, { kind: "form", html: "<form></form>" }],
    [
      "the form, beside an empty address",
      { redirection: { ...redirection, href: "" } },
      { kind: "form", html: "<form></form>" },
    ],
    ["none", { redirection: {} }, { kind: "wait", status: "PENDING" }],
    ["none of null", { partner: null, redirection: null }, { kind: "wait", status: "PENDING" }],
    [
      "none of parameters alone",
      { partner: { redirect_url_post_params: "b=2", redirection_json: "{}" } },
      { kind: "wait", status: "PENDING" },
    ],
  ])("%s", (_, parts, expected) => {
    expect(stepOf(pending(parts))).toEqual(expected);
  });

  test("an address of no length is none", () => {
    const empty = { redirection_url: "", redirect_url_post_params: "b=2" };
    expect(stepOf(pending({ partner: empty, redirection }))).toEqual(post(acs, "b", "2"));
  });

  test("parameters are those of the share that waits for the shopper", () => {
    const transactions = [
      { status: "AUTHORIZED", partner_additional_data: { opc: "gift", redirect_url_post_params: "old=1" } },
      { status: "PENDING", partner_additional_data: { opc: "3x002" } },
      { status: "PENDING", partner_additional_data: { redirect_url_post_params: "b=2" } },
    ];
    const authorization = { status: "PENDING", partner_transactions: transactions };
    expect(stepOf({ authorization, redirection })).toEqual(post(acs, "b", "2"));
  });
});

describe("parameters are read", () => {
  test.each<[string, unknown, readonly (readonly [name: string, value: string])[]]>([
    [
      "from JSON",
      '{"MD":"m","PaReq":"p+/="}',
      [
        ["MD", "m"],
        ["PaReq", "p+/="],
      ],
    ],
    [
      "from a query string",
      "MD=m&PaReq=p%2B",
      [
        ["MD", "m"],
        ["PaReq", "p+"],
      ],
    ],
    [
      "with names that repeat",
      "a=1&a=2",
      [
        ["a", "1"],
        ["a", "2"],
      ],
    ],
    [
      "with objects in them",
      '{"a":{"b":"1","c":{"d":2}},"e":[true,null]}',
      [
        ["a[b]", "1"],
        ["a[c][d]", "2"],
        ["e[0]", "true"],
        ["e[1]", ""],
      ],
    ],
    ["from JSON that has nothing in it", "{}", []],
    ["from JSON that is no object", "7", [["7", ""]]],
    ["as they are, unquoted", { a: 1 }, [["a", "1"]]],
    ["with a name of JavaScript's own", '{"__proto__":"1"}', [["__proto__", "1"]]],
    ["with text that is kept as it is", '{"a":"<b>&\\""}', [["a", '<b>&"']]],
  ])("%s", (_, parameters, expected) => {
    const step = stepOf(
      pending({ partner: { redirect_url_post_params: parameters }, redirection: { href: acs } }),
    );
    expect(step).toEqual({
      kind: "post",
      url: acs,
      fields: expected.map(([name, value]) => ({ name, value })),
    });
  });
});

describe("the status decides:", () => {
  const redirection = { href: acs };

  test("AUTHORIZED is done, also with a redirection left in the answer", () => {
    expect(stepOf({ authorization: { status: "AUTHORIZED" }, redirection })).toEqual({ kind: "done" });
  });

  test.each(["REFUSED", "ABORTED", "ERROR"])("%s is refused", (status) => {
    expect(stepOf({ authorization: { status }, redirection })).toEqual({ kind: "refused", status });
  });

  test.each(["IN_REVIEW", "authorized", undefined, null])(
    "%s is waited for, and the shopper is not sent anywhere",
    (status) => {
      expect(stepOf({ authorization: { status }, redirection })).toEqual({ kind: "wait", status });
    },
  );

  test("an answer without an authorization is waited for", () => {
    expect(stepOf({})).toEqual({ kind: "wait", status: undefined });
  });

  test("a list of shares that is no list is passed over", () => {
    const authorization = { status: "PENDING", partner_transactions: {} };
    expect(stepOf({ authorization, redirection })).toEqual({ kind: "open", url: acs });
  });
});

describe("an issuer's challenge", () => {
  const authorization = { status: "PENDING" };

  test("goes before a redirection", () => {
    const authentication = { status: "IN_PROGRESS", challenge_data: "opaque" };
    const step = stepOf({ authorization, authentication, redirection: { href: acs } });
    expect(step).toEqual({ kind: "challenge", data: "opaque" });
  });

  test.each([
    ["that is passed", { status: "SUCCESS", challenge_data: "opaque" }],
    ["that failed", { status: "FAILURE", challenge_data: "opaque" }],
    ["without data", { status: "IN_PROGRESS" }],
  ])("%s is not run", (_, authentication) => {
    expect(stepOf({ authorization, authentication })).toEqual({ kind: "wait", status: "PENDING" });
  });
});

test.each([
  ["a script", "javascript:alert(document.domain)"],
  ["a script behind a blank", " javascript:alert(1)"],
  ["data", "data:text/html,<script>alert(1)</script>"],
  ["a path", "/orders/1"],
  ["no address", "bank"],
])("%s is no place to send a shopper to", (_, address) => {
  const places: Parts[] = [
    { redirection: { href: address } },
    { redirection: { href: address, method: "POST", body: "a=1" } },
    { partner: { redirection_url: address, redirection_json: "{}" } },
  ];
  for (const parts of places) {
    const error = thrownBy(() => stepOf(pending(parts)));
    expect(error).toBeInstanceOf(PurseCheckoutError);
    expect(error).toMatchObject({ reason: "address_unusable" });
    expect((error as Error).message).not.toContain(address);
  }
});

test.each([undefined, null, "payment-1"])("%s is no payment", (payment) => {
  expect(thrownBy(() => stepOf(payment))).toBeInstanceOf(PurseInvalidArgumentError);
});
