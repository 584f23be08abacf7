import { describe, expect, test } from "vitest";
import { PurseBadRequestError } from "../../../src/errors/api-error.js";
import { failureAs, renderingsOf } from "../../support/failures.js";
import { simulate, smallOrder } from "../../support/simulated.js";
import { answers, grants } from "../../support/stub-fetch.js";
import { paymentId, testClient } from "../../support/test-client.js";

async function refusal(errors: unknown, status = 400): Promise<PurseBadRequestError> {
  const client = testClient([answers(status, { title: "Invalid request", errors })], {
    tokenSteps: [grants("planted_token")],
  });
  const params = { amount: 3000, merchant_reference: "jane_doe" };
  return failureAs(PurseBadRequestError, client.payments.capture(paymentId, params));
}

function at(...pointers: unknown[]): object[] {
  return pointers.map((pointer) => ({ pointer, detail: "of Jane Doe" }));
}

const beginning = "capturePayment: status 400 (Invalid request). The service refuses ";
const end = "; `detail` and `problems` say why.";

describe("the message of a refused request names the members that the service complains of", () => {
  test.each([
    [["/amount"], "/amount"],
    [["/amount", "/order/reference"], "/amount and /order/reference"],
    [["/a", "/b", "/c"], "/a, /b and /c"],
    [["/a", "/b", "/a"], "/a and /b"],
    [["/split/0/amount", "/order/lines/12/tax_rate"], "/split/0/amount and /order/lines/12/tax_rate"],
    [["#/amount"], "/amount"],
    [["/a", "/b", "/c", "/d", "/e"], "/a, /b, /c, /d and /e"],
    [["/a", "/b", "/c", "/d", "/e", "/f", "/g"], "/a, /b, /c, /d, /e and others"],
  ])("of %j it says %s", async (pointers, words) => {
    for (const status of [400, 422]) {
      const error = await refusal(at(...pointers), status);
      expect(error.message).toBe(`${beginning}${words}${end}`.replace("400", String(status)));
    }
  });

  test.each([
    [[]],
    [[""]],
    [["amount"]],
    [["/"]],
    [["//"]],
    [["#"]],
    [[5, null, {}]],
    [["https://purse.test/amount"]],
    [["/Jane Doe"]],
    [["/4111111111111111"]],
    [[`/${"a".repeat(101)}`]],
    [["/a".repeat(51)]],
    [[`/a/${"b/".repeat(200)}`]],
  ])("of %j it names none", async (pointers) => {
    expect((await refusal(at(...pointers))).message).toBe(`${beginning}the request${end}`);
  });

  test.each([
    ["a name with a blank", "Jane Doe"],
    ["a name with capitals", "JaneDoe"],
    ["an e-mail address", "jane@shop.example"],
    ["a card number", "4111111111111111"],
    ["a card number between names", "pan_4111111111111111_end"],
    ["an account number", "fr7630006000011234567890189"],
    ["a long number", "1234"],
    ["an id", "9a14962c-bdcf-49d1-8673-e75dfb48013f"],
    ["what the request said", "jane_doe"],
    ["the access token", "planted_token"],
    ["an escaped slash", "a~1b"],
    ["a percent code", "a%2Fb"],
    ["a quote", 'a"b'],
    ["a line break", "a\nb"],
    ["other letters", "\u00e4mter"],
    ["a dot segment", ".."],
    ["nothing", ""],
  ])("a step that may be a value (%s) is a star", async (_, step) => {
    const error = await refusal(at(`/order/${step}/reference`));
    expect(error.message).toBe(`${beginning}/order/*/reference${end}`);
  });

  test("a card number over several steps is none of them", async () => {
    for (const pointer of [
      "/4111/1111/1111/1111",
      "/card/411/111/111/111/111/1",
      "/a/4/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1",
    ])
      expect((await refusal(at(pointer))).message).not.toMatch(/1\/1/);
  });

  test("neither the detail nor the words of a problem are in any rendering", async () => {
    expect(renderingsOf(await refusal(at("/amount", "/order/reference")))).not.toContain("Jane Doe");
  });

  test("hundreds of thousands of problems make no long message", async () => {
    const errors = Array.from({ length: 300_000 }, (_, index) => ({
      pointer: `/order/lines/${String(index % 999)}`,
    }));
    const error = await refusal(errors);
    expect(error.message).toContain("/order/lines/4 and others;");
    expect(error.problems).toHaveLength(50);
  });

  test("and the simulator's refusals read well", async () => {
    const { purse } = simulate();
    const params = { ...smallOrder, currency: "euro", order: { ...smallOrder.order, lines: 5 } };
    const error = await failureAs(PurseBadRequestError, purse.clientSessions.create(params as never));
    expect(error.message).toContain("The service refuses /");
    expect(error.message).toContain("/currency");
  });
});
