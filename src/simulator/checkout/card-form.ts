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

/** Submitted by the buttons that fill in a test card; its value is a name in `testCards`. */
export const testCardField = "test_card";

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

/** The fields that are shown again with what was typed. Never the card number. */
export type TypedFields = Partial<Record<"expiry" | "code" | "holder" | "giftCard", string>>;

/** What was typed, without anything that could be a card number in the wrong field. */
export function readTyped(form: URLSearchParams): TypedFields {
  const typed: TypedFields = {};
  for (const name of ["expiry", "code", "holder", "giftCard"] as const) {
    const value = form.get(fields[name]);
    if (value !== null) typed[name] = couldBeCardNumber(value) ? "" : value.slice(0, 100);
  }
  return typed;
}

/** Card numbers have 12 to 19 digits; an input method may write them in another script. */
function couldBeCardNumber(text: string): boolean {
  return /(?:\p{Nd}[^\p{L}\p{Nd}]*){12}/u.test(text);
}

/** In groups as on the card: 4-6-5 for American Express, otherwise four digits each. */
export function groupCardNumber(number: string): string {
  if (/^3[47]\d{13}$/.test(number)) return number.replace(/^(.{4})(.{6})/, "$1 $2 ");
  return number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
}

/** An expiry date three years ahead. */
export function suggestExpiry(nowMs: number): string {
  return `12/${String((new Date(nowMs).getUTCFullYear() + 3) % 100).padStart(2, "0")}`;
}

/** The separator may be missing, because number pads of phones have none. */
const expiryPattern = /^\s*(?:(0?[1-9]|1[0-2])\s*[/.-]\s*|(0[1-9]|1[0-2])\s*)(\d{2}|\d{4})\s*$/;

/** `MM/YY` or `MM/YYYY`, of this month or later. */
function isInFuture(text: string, nowMs: number): boolean {
  const [, first, second, year = ""] = expiryPattern.exec(text) ?? [];
  const month = first ?? second;
  if (month === undefined) return false;
  const now = new Date(nowMs);
  const thisYear = now.getUTCFullYear();
  const fullYear = year.length === 4 ? Number(year) : toFullYear(Number(year), thisYear);
  return fullYear * 12 + Number(month) >= thisYear * 12 + now.getUTCMonth() + 1;
}

/** In this century, or in the next when that is long past: the clock can be just before its end. */
function toFullYear(twoDigits: number, thisYear: number): number {
  const sameCentury = thisYear - (thisYear % 100) + twoDigits;
  return sameCentury < thisYear - 50 ? sameCentury + 100 : sameCentury;
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
