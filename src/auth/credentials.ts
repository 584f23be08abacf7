/** How client id and secret are sent to the token endpoint. */
export type ClientAuthentication = "basic" | "body";

export interface TokenRequestInput {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientAuthentication: ClientAuthentication;
  /** Members every token request has, such as the grant type. */
  readonly form: Readonly<Record<string, string>>;
}

/** Headers and body of an OAuth 2.0 client credentials request (RFC 6749, section 4.4). */
export interface TokenRequest {
  readonly headers: Record<string, string>;
  readonly body: string;
}

export function buildTokenRequest(input: TokenRequestInput): TokenRequest {
  const form = new URLSearchParams(input.form);
  const headers: Record<string, string> = { "content-type": "application/x-www-form-urlencoded" };
  if (input.clientAuthentication === "basic") {
    // Not form-encoded first, as RFC 6749 requires: the vendor's own plugin sends both parts unencoded.
    headers["authorization"] = `Basic ${toBase64(`${input.clientId}:${input.clientSecret}`)}`;
  } else {
    form.set("client_id", input.clientId);
    form.set("client_secret", input.clientSecret);
  }
  return { headers, body: form.toString() };
}

export function toBase64(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
