import { decimalsOf } from "./html.js";
import { findTestCard, refusedCard, type TestCard } from "../partners/test-cards.js";

/** Field names of the card form, on the payment page and in the widget. */
export const fields = {
  card: "card_number",
  expiry: "expiry",
  code: "security_code",
  holder: "holder_name",
  giftCard: "gift_card_amount",
  action: "action",
} as const;

export type CardFormAction = "pay" | "refuse" | "cancel";
type CheckedField = "card" | "expiry" | "code" | "giftCard";

/** The fields with an invalid value. */
export type CardFormFaults = Partial<Record<CheckedField, true>>;

export interface CardForm {
  readonly card: TestCard;
  readonly holderName: string;
  /** Amount paid by gift card, in minor units; the card pays the rest. */
  readonly giftCardAmount: number;
}

interface Due {
  readonly amount: number;
  readonly currency: string;
  readonly nowMs: number;
}

/** Parses the submitted form. Expiry and security code may be absent, because test cards do not need them. */
export function readCardForm(form: URLSearchParams, due: Due): CardForm | CardFormFaults {
  const action = form.get(fields.action);
  const card = action === "refuse" ? refusedCard : findTestCard(form.get(fields.card) ?? "");
  const giftCardAmount = readAmount(form.get(fields.giftCard) ?? "", due);
  const expiry = form.get(fields.expiry);
  const code = form.get(fields.code);
  const isExpiryWrong = expiry !== null && !isInFuture(expiry, due.nowMs);
  const isCodeWrong = code !== null && !/^\d{3,4}$/.test(code.trim());
  if (card === undefined || giftCardAmount === undefined || isExpiryWrong || isCodeWrong) {
    return {
      ...(card === undefined ? { card: true } : {}),
      ...(isExpiryWrong ? { expiry: true } : {}),
      ...(isCodeWrong ? { code: true } : {}),
      ...(giftCardAmount === undefined ? { giftCard: true } : {}),
    };
  }
  return { card, holderName: (form.get(fields.holder) ?? "").trim().slice(0, 100), giftCardAmount };
}

export function isComplete(form: CardForm | CardFormFaults): form is CardForm {
  return "holderName" in form;
}

/** An expiry date three years ahead. */
export function suggestExpiry(nowMs: number): string {
  return `12/${String((new Date(nowMs).getUTCFullYear() + 3) % 100).padStart(2, "0")}`;
}

/** `MM/YY` or `MM/YYYY`, of this month or later. */
function isInFuture(text: string, nowMs: number): boolean {
  const [, month = "", year = ""] = /^\s*(0?[1-9]|1[0-2])\s*\/\s*(\d{2}|\d{4})\s*$/.exec(text) ?? [];
  if (month === "") return false;
  const now = new Date(nowMs);
  const fullYear = Number(year) + (year.length === 2 ? 2000 : 0);
  return fullYear * 12 + Number(month) >= now.getUTCFullYear() * 12 + now.getUTCMonth() + 1;
}

/** Parses a decimal amount, with a point or a comma, to minor units; undefined when invalid or more than due. */
function readAmount(text: string, { amount, currency }: Due): number | undefined {
  if (text.trim() === "") return 0;
  const decimals = decimalsOf(currency);
  const [, whole = "", fraction = ""] = /^\s*(\d{1,12})(?:[.,](\d+))?\s*$/.exec(text) ?? [];
  if (whole === "" || fraction.length > decimals) return undefined;
  const minorUnits = Number(whole + fraction.padEnd(decimals, "0"));
  return minorUnits <= amount ? minorUnits : undefined;
}
