import { toBase64 } from "../auth/credentials.js";

/** Masks known secrets and card-like numbers in text that came from outside, and cuts it to a length. */
export type Redactor = (text: string, longest?: number, alsoHidden?: readonly string[]) => string;

/** For the answer to a call: masks texts of the call's body as well, because services quote what they refuse. */
export interface AnswerRedactor extends Redactor {
  /** For `detail` and `problems`, which may quote the request: of the body, only the webhook headers are masked, which hold a secret. */
  readonly words: Redactor;
}

const mask = "[redacted]";
/** Not masked, although one in a few hundred has thirteen digits in a row: support needs the id. */
const uuid = /(?<![\da-z])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-z])/gi;
/**
 * Thirteen to nineteen digits of any script. Between two of them there may be up to six characters that are not letters, or
 * a blank as URLs or HTML spell it. Searched from the start of every number, as other numbers may precede the card's.
 */
const cardLikeNumber =
  /(?<!\p{Nd})(?=(\p{Nd}(?:(?:%20|&nbsp;|[^\p{L}\p{Nd}]{0,6})\p{Nd}){12,18}(?!\p{Nd})))/gu;
/** Shorter secrets would mask ordinary words. */
const shortestSecret = 6;
const shortestMember = 4;
/** Longer texts are searched by their beginning. Divisible by three, so that its base64 is the beginning of the whole's. */
const longestSought = 1023;
/** The longest spelling of such a text: up to three bytes a character, four base64 characters, each percent-encoded as three. */
const longestSpelling = 12 * longestSought;

/** @param secrets read anew at each use, since tokens and rotated secrets change. */
export function createRedactor(secrets: () => Iterable<string>): Redactor {
  return (text, longest = Infinity, alsoHidden = []) => {
    const known = [...secrets()].filter(({ length }) => length >= shortestSecret);
    return maskIn(text, longest, [...known, ...alsoHidden]);
  };
}

/** @param body read once, and only when there is something to mask. */
export function redactorForBody(redact: Redactor, body = "{}"): AnswerRedactor {
  let sent: { readonly all: string[]; readonly secrets: string[] } | undefined;
  const read = (): NonNullable<typeof sent> => {
    const whole = JSON.parse(body) as { webhook?: { headers?: unknown } | null };
    return { all: textsIn(whole), secrets: textsIn(whole.webhook?.headers) };
  };
  const words: Redactor = (text, longest) => redact(text, longest, (sent ??= read()).secrets);
  const quotes: Redactor = (text, longest) =>
    text.length === 36 && text.replace(uuid, "") === ""
      ? words(text)
      : redact(text, longest, (sent ??= read()).all);
  return Object.assign(quotes, { words });
}

/** The last few secrets in use: an answer may quote one that has just been replaced. */
export interface SecretMemory {
  note: (secret: unknown) => void;
  all(): Iterable<string>;
}

const mostSecrets = 8;

export function createSecretMemory(): SecretMemory {
  const secrets = new Set<string>();
  return {
    note(secret) {
      if (typeof secret !== "string") return;
      secrets.delete(secret);
      secrets.add(secret);
      const [oldest] = secrets;
      if (secrets.size > mostSecrets && oldest !== undefined) secrets.delete(oldest);
    },
    all: () => secrets,
  };
}

/**
 * Searches only as far behind the cut as a secret that begins before it can reach: megabytes of text cost no more than a
 * short text, and no half of a secret is left at the cut.
 */
function maskIn(text: string, longest: number, hidden: readonly string[]): string {
  const seen = text.slice(0, longest + longestSpelling);
  const found: [start: number, end: number][] = [];
  for (const each of spellingsIn(seen, hidden))
    for (let at = seen.indexOf(each); at >= 0; at = seen.indexOf(each, at + 1))
      found.push([at, each.length < longestSought ? at + each.length : seen.length]);
  const withoutIds = seen.replace(uuid, (id) => "-".repeat(id.length));
  for (const { 1: number = "", index } of withoutIds.matchAll(cardLikeNumber))
    found.push([index, index + number.length]);
  let masked = "";
  let from = 0;
  for (const [start, end] of found.sort(([one], [other]) => one - other)) {
    if (start >= longest) break;
    if (start >= from) masked += seen.slice(from, start) + mask;
    from = Math.max(from, end);
  }
  return (masked + seen.slice(from, longest)).slice(0, longest);
}

/** A body may be large, and an answer quotes little of it: only texts whose beginning occurs are spelt out. */
function spellingsIn(text: string, hidden: readonly string[]): ReadonlySet<string> {
  const begun = new Map<string, boolean>();
  const begins = (each: string, length: number): boolean => {
    // Never cuts a surrogate pair in two.
    const start = each.slice(0, each.charCodeAt(length - 1) >> 10 === 0x36 ? length + 1 : length);
    let known = begun.get(start);
    if (known === undefined)
      begun.set(
        start,
        (known = spellingsOf(start).some((each) => text.includes(each.slice(0, (length * 4) / 3)))),
      );
    return known;
  };
  const spellings = hidden
    .filter(
      (each) => text.length >= Math.min(each.length, longestSought) && begins(each, 3) && begins(each, 6),
    )
    .flatMap(spellingsOf);
  return new Set(spellings);
}

function spellingsOf(text: string): string[] {
  const plain = text.slice(0, longestSought);
  const base64 = toBase64(plain);
  const base64Url = base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return [plain, toPercents(plain), base64, toPercents(base64), base64Url];
}

/** The texts in JSON that are long enough to be masked. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value.length >= shortestMember ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function toPercents(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text; // Half a surrogate pair has no such spelling.
  }
}
