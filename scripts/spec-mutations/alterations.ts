/** A change of the kept text, as if the vendor's documentation had changed. */
export interface Alteration {
  readonly what: string;
  readonly apply: (text: string) => string;
}

/** Replaces the first occurrence after a title; it has to be there. */
function replace(title: string, before: string, after: string): (text: string) => string {
  return (text) => {
    const start = text.indexOf(`\n${title}\n`);
    const at = text.indexOf(before, start);
    if (start < 0 || at < 0) throw new Error(`the kept text has no ${JSON.stringify(before)} under ${title}`);
    return text.slice(0, at) + after + text.slice(at + before.length);
  };
}

const session = "Create a client session";
const capture = "Capture a payment";

export const alterations: readonly Alteration[] = [
  {
    what: "another path",
    apply: replace(capture, "/v2/payments/{id}/captures", "/v2/payments/{id}/capture"),
  },
  {
    what: "another method",
    apply: replace("Get a payment", "GET /v2/payments/{id}", "POST /v2/payments/{id}"),
  },
  {
    what: "another version in a path",
    apply: replace(session, "/v2/client-sessions", "/v3/client-sessions"),
  },
  { what: "a path that is gone", apply: replace(session, "POST /v2/client-sessions\n", "") },
  {
    what: "a member that is optional now",
    apply: replace(session, "amount required integer", "amount integer"),
  },
  {
    what: "a member that is required now",
    apply: replace(session, "customer object", "customer required object"),
  },
  { what: "a required member that is gone", apply: replace(session, "currency required Enum", "// Enum") },
  {
    what: "a new required member",
    apply: replace(session, "customer object", "sales_channel required string\ncustomer object"),
  },
  { what: "another least amount", apply: replace(session, ">= 0", ">= 1") },
  { what: "a shorter id", apply: replace(session, "<= 36 characters", "<= 32 characters") },
  { what: "another default", apply: replace(session, 'Default: "MANUAL"', 'Default: "AUTOMATIC"') },
  { what: "a default turned round", apply: replace(session, "Default: false", "Default: true") },
  { what: "a new value", apply: replace(session, '"MANUAL" "AUTOMATIC"', '"MANUAL" "AUTOMATIC" "DELAYED"') },
  { what: "a value that is gone", apply: replace(session, '"EMBEDDED" "HOSTED_PAGE"', '"EMBEDDED"') },
  { what: "an answer that is gone", apply: replace(session, "Forbidden\n", "") },
  { what: "a new answer", apply: replace(capture, "Conflict -", "Unprocessable Entity\nConflict -") },
  {
    what: "an answer of another operation",
    apply: (text) =>
      replace(
        "Refund a payment",
        "amount required",
        "Conflict - Idempotency violation\namount required",
      )(replace(capture, "Conflict - Idempotency violation\n", "")(text)),
  },
  {
    what: "another sample",
    apply: replace(session, "example ClientSessionRequest sha256:3", "example ClientSessionRequest sha256:4"),
  },
  { what: "a sentence that has changed", apply: replace(session, "sentence sha256:0", "sentence sha256:1") },
  { what: "a sentence with another meaning", apply: replace(session, "by HTTP GET", "by HTTP POST") },
];
