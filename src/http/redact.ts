import { toBase64 } from "../auth/credentials.js";

/** Masks known secrets and card-like numbers in text that came from outside. */
export type Redactor = (text: string) => string;

const mask = "[redacted]";
/** A UUID comes first and stays: one in a few hundred holds thirteen digits in a row, and ids must reach whoever asks for help. */
const uuidOrCardLikeNumber =
  /(?<![\da-z])(?<uuid>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\da-z])|(?<!\d)\d(?:[ .\-\u00a0]?\d){12,18}(?!\d)/gi;
/** Shorter strings would mask ordinary words. */
const shortestSecret = 6;
const shortestMember = 4;

/** @param secrets read anew at each use, since tokens and rotated secrets change. */
export function createRedactor(secrets: () => Iterable<string>): Redactor {
  return (text) => {
    let redacted = text.replace(uuidOrCardLikeNumber, (found, uuid: string | undefined) =>
      uuid === undefined ? mask : found,
    );
    for (const secret of secrets()) if (secret.length >= shortestSecret) redacted = hide(secret, redacted);
    return redacted;
  };
}

/** As `redact`, and masks what the request's own body says: services like to quote what they refuse. */
export function redactorForBody(redact: Redactor, body: string | undefined): Redactor {
  if (body === undefined) return redact;
  return (text) => {
    let redacted = redact(text);
    for (const member of textsIn(JSON.parse(body))) redacted = hide(member, redacted);
    return redacted;
  };
}

/** The last few secrets that were in use: an answer may quote one that was replaced while it was on its way. */
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

function hide(secret: string, text: string): string {
  const base64 = toBase64(secret);
  const base64Url = base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  let hidden = text;
  for (const spelling of new Set([secret, toPercents(secret), base64, toPercents(base64), base64Url])) {
    hidden = hidden.replaceAll(spelling, mask);
  }
  return hidden;
}

function textsIn(value: unknown): string[] {
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
