import { expect, test } from "vitest";
import { hostedPageUrl, isPurseError, PurseCheckoutError } from "../../../src/checkout/index.js";
import { PurseInvalidArgumentError, type ClientSession } from "../../../src/index.js";
import { thrownBy } from "../../support/failures.js";
import { simulate, smallOrder } from "../../support/simulated.js";

const href = "https://pay.purse-sandbox.com/entities/e-1/sessions/s-1";
const link = (address: unknown): unknown => ({ self: {}, hosted_page: { href: address, method: "GET" } });
const hosted = { status: "CREATED", integration_mode: "HOSTED_PAGE", links: link(href) };

/** As it may have been answered: nothing of it is validated. */
const urlOf = (session: unknown): string => hostedPageUrl(session as ClientSession);

test("the address of a hosted session's page", async () => {
  const { purse, simulator } = simulate();
  const session = await purse.clientSessions.create({ ...smallOrder, integration_mode: "HOSTED_PAGE" });
  expect(hostedPageUrl(session)).toBe(session.links.hosted_page?.href);
  expect((await simulator.fetch(hostedPageUrl(session))).status).toBe(200);
});

test.each([
  ["as it is", href, href],
  ["of a simulator", "http://127.0.0.1:4010/pay/1", "http://127.0.0.1:4010/pay/1"],
  ["written for a header", "https://pay.example/é\n?a=b c", "https://pay.example/%C3%A9?a=b%20c"],
])("an address is given %s", (_, address, expected) => {
  expect(urlOf({ ...hosted, links: link(address) })).toBe(expected);
});

test.each([
  ["a status that is new", { ...hosted, status: "ARCHIVED" }],
  ["no status", { ...hosted, status: undefined }],
  ["a status that is no text", { ...hosted, status: 7 }],
  ["no mode", { links: hosted.links }],
  ["a session that was submitted", { ...hosted, status: "SUBMITTED" }],
])("%s does not hide the address", (_, session) => {
  expect(urlOf(session)).toBe(href);
});

const without = { self: {} };

test.each<[string, PurseCheckoutError["reason"], unknown, RegExp]>([
  [
    "an embedded session",
    "not_hosted",
    { status: "CREATED", integration_mode: "EMBEDDED", links: without },
    /EMBEDDED.*"HOSTED_PAGE"/,
  ],
  ["a session without a mode", "not_hosted", { links: without }, /HOSTED_PAGE/],
  ["an empty answer", "not_hosted", {}, /HOSTED_PAGE/],
  ["links that are null", "not_hosted", { links: null }, /HOSTED_PAGE/],
  ["a hosted session without a link", "link_missing", { ...hosted, links: without }, /no link/],
  [
    "a submitted session without a link",
    "session_submitted",
    { ...hosted, status: "SUBMITTED", links: without },
    /payment_id/,
  ],
  ["an aborted session", "session_over", { ...hosted, status: "ABORTED_BY_MERCHANT" }, /ABORTED_BY_MERCHANT/],
  [
    "a session that the shopper aborted",
    "session_over",
    { ...hosted, status: "ABORTED_BY_CUSTOMER" },
    /ABORTED_BY_CUSTOMER/,
  ],
  ["an expired session", "session_over", { ...hosted, status: "EXPIRED", links: without }, /EXPIRED/],
  ["a script", "address_unusable", { ...hosted, links: link("javascript:alert(1)") }, /absolute/],
  ["a path", "address_unusable", { ...hosted, links: link("/v2/client-sessions/1") }, /absolute/],
  [
    "another host after a name",
    "address_unusable",
    { ...hosted, links: link("https://pay.example@evil.example/") },
    /absolute/,
  ],
  ["an empty address", "address_unusable", { ...hosted, links: link("") }, /absolute/],
  ["null for an address", "address_unusable", { ...hosted, links: link(null) }, /absolute/],
  ["a number for an address", "address_unusable", { ...hosted, links: link(7) }, /absolute/],
])("%s has no address, and the error says why", (_, reason, session, message) => {
  const error = thrownBy(() => urlOf(session));
  expect(error).toBeInstanceOf(PurseCheckoutError);
  expect(error).toMatchObject({ code: "checkout", name: "PurseCheckoutError", reason });
  expect((error as Error).message).toMatch(message);
  expect(isPurseError(error)).toBe(true);
});

test.each([undefined, null, "session-1", 7])("%s is no session", (session) => {
  expect(thrownBy(() => urlOf(session))).toBeInstanceOf(PurseInvalidArgumentError);
});
