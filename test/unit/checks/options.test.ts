import { expect, test } from "vitest";
import { PurseConfigurationError } from "../../../src/errors/configuration-error.js";
import { checkUrl, isProductionHost, readDurationMs, checkFetch } from "../../../src/checks/options.js";
import { thrownBy } from "../../support/failures.js";

test.each([
  ["https://purse.test\n", "baseUrl must not contain control characters."],
  ["purse.test", "baseUrl must be an absolute URL."],
  ["https://user@purse.test", "baseUrl must not carry a user name or password."],
  ["https://:password@purse.test", "baseUrl must not carry a user name or password."],
  ["ftp://purse.test", "baseUrl must start with https://."],
  [
    "http://purse.test",
    "baseUrl must start with https://; http:// is for loopback addresses (or set allowInsecureHttp).",
  ],
])("the address %j is refused with the rule, without being quoted", (address, message) => {
  const error = thrownBy(() => checkUrl(address, "baseUrl", false));
  expect(error).toBeInstanceOf(PurseConfigurationError);
  expect(error).toMatchObject({ message });
});

test.each([
  ["https://api.purse-live.com", true],
  ["https://API.PURSE-LIVE.com:8443/prefix", true],
  ["http://api.purse-live.com.", true],
  ["https://api.purse-live.com.evil.example", false],
  ["https://evil-api.purse-live.com", false],
  ["https://api.purse-sandbox.com", false],
  ["api.purse-live.com", false],
])("whether %s is production: %s", (address, isProduction) => {
  expect(isProductionHost(address)).toBe(isProduction);
});

test("the fetch option must be a function", () => {
  const error = thrownBy(() => checkFetch({} as unknown as typeof fetch));
  expect(error).toMatchObject({ code: "configuration", message: "fetch must be a function." });
});

test.each([[0], [-1], [Number.NaN], [Infinity], ["5"], [null]])("%s is no duration", (value) => {
  const error = thrownBy(() => readDurationMs(value, "timeoutMs", 1000));
  expect(error).toMatchObject({
    code: "configuration",
    message: "timeoutMs must be a positive, finite number of milliseconds.",
  });
});
