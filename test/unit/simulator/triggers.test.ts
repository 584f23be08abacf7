import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { testAmounts } from "../../../src/simulator/partners/test-amounts.js";
import { createVaultFormToken, findTestCard, testCards } from "../../../src/simulator/partners/test-cards.js";

const page = readFileSync(new URL("../../../docs/simulator.md", import.meta.url), "utf8");
/** The documentation groups the digits. */
const pageWithoutBlanks = page.replaceAll(" ", "");
const amounts = [...Object.values(testAmounts.authorization), ...Object.values(testAmounts.operation)];

it.each(Object.entries(testCards))(
  "the card %s is documented by name and has a valid checksum",
  (name, card) => {
    expect(pageWithoutBlanks).toContain(`\`${name}\`${card.number}`);
    expect(luhnSum(card.number) % 10).toBe(0);
    expect(findTestCard(card.number.replaceAll(/(\d{4})/g, "$1 "))).toBe(card);
    expect(createVaultFormToken(card.number)).toMatch(/^[a-zA-Z0-9_-]{32}$/);
  },
);

it("every amount is documented and unique", () => {
  for (const amount of amounts) expect(pageWithoutBlanks).toContain(`|${String(amount)}|`);
  expect(new Set(amounts).size).toBe(amounts.length);
});

/** The Luhn sum of a valid card number ends in zero, which card forms check. */
function luhnSum(number: string): number {
  return Array.from(number)
    .reverse()
    .reduce((sum, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0);
}
