/** Masks known secrets and card-like numbers in text that came from outside. */
export type Redactor = (text: string) => string;

const mask = "[redacted]";
const cardLikeNumber = /\b\d(?:[ -]?\d){12,18}\b/g;
/** Shorter strings would mask ordinary words. */
const shortestSecret = 6;

/** @param secrets read anew at each use, since tokens and rotated secrets change. */
export function createRedactor(secrets: () => Iterable<string>): Redactor {
  return (text) => {
    let redacted = text.replace(cardLikeNumber, mask);
    for (const secret of secrets()) {
      if (secret.length < shortestSecret) continue;
      for (const spelling of new Set([secret, encodeURIComponent(secret), toBase64(secret)])) {
        redacted = redacted.replaceAll(spelling, mask);
      }
    }
    return redacted;
  };
}

function toBase64(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
