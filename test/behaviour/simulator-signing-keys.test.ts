import { expect, it } from "vitest";
import { PurseRedirectionError } from "../../src/index.js";
import { simulate, smallOrder, type Simulated } from "../support/simulated.js";

async function redirect({ purse, simulator }: Simulated): Promise<string> {
  const { id } = await purse.clientSessions.create(smallOrder);
  return (await simulator.shopper.pay(id)).redirectUrl;
}

/** Verifies with a new client, which has no cached keys. */
async function verifyAfresh({ simulator }: Simulated, url: string): Promise<unknown> {
  const { baseUrl, clientId, clientSecret, fetch } = simulator;
  const { Purse } = await import("../../src/index.js");
  return new Purse({ baseUrl, clientId, clientSecret, fetch }).redirection.verify(url);
}

const kids = async ({ purse }: Simulated): Promise<unknown[]> =>
  (await purse.signingKeys.list()).keys.map(({ kid }) => kid);

it("signs with the new key immediately and publishes the old one for a day", async () => {
  const simulated = simulate();
  const old = await redirect(simulated);
  const { kid } = await simulated.simulator.rotateSigningKey();
  const fresh = await redirect(simulated);
  expect((await kids(simulated))[1]).toBe(kid);
  for (const url of [old, fresh]) await verifyAfresh(simulated, url);
  // A client with only the old key cached finds the new one.
  await simulated.purse.redirection.verify(old);
  await simulated.purse.redirection.verify(fresh);
  await simulated.simulator.clock.advance({ hours: 23 });
  await verifyAfresh(simulated, old);
  await simulated.simulator.clock.advance({ hours: 1 });
  await expect(verifyAfresh(simulated, old)).rejects.toThrow(PurseRedirectionError);
  await verifyAfresh(simulated, fresh);
});

it("removes the old key immediately with retireAfterMs 0", async () => {
  const simulated = simulate();
  const old = await redirect(simulated);
  await simulated.simulator.rotateSigningKey({ retireAfterMs: 0 });
  await expect(verifyAfresh(simulated, old)).rejects.toThrow(PurseRedirectionError);
  expect(await kids(simulated)).toHaveLength(1);
});

it("shows a numeric id as a number in the key set and as a string in the token", async () => {
  const simulated = simulate();
  await simulated.simulator.rotateSigningKey({ kid: 12345, retireAfterMs: 0 });
  expect(await kids(simulated)).toEqual([12345]);
  const url = await redirect(simulated);
  const token = new URL(url).searchParams.get("purse-redirection-data") ?? "";
  expect(JSON.parse(atob(token.split(".")[0] ?? ""))).toEqual({ alg: "RS256", kid: "12345" });
  await verifyAfresh(simulated, url);
});

it.each([
  { kid: "" },
  { kid: 1.5 },
  { kid: -1 },
  { kid: "x".repeat(256) },
  { kid: 7 },
  { kid: "7" },
  { retireAfterMs: -1 },
  { retireAfterMs: Number.NaN },
])("refuses %j", async (rotation) => {
  const simulated = simulate();
  await simulated.simulator.rotateSigningKey({ kid: 7 });
  await expect(simulated.simulator.rotateSigningKey(rotation)).rejects.toThrow(TypeError);
  expect(await kids(simulated)).toHaveLength(2);
});

const moduli = async ({ purse }: Simulated): Promise<unknown[]> =>
  (await purse.signingKeys.list()).keys.map(({ n }) => n);

it("generates one first key per process, and refuses tokens of other simulators all the same", async () => {
  const [one, other] = [simulate(), simulate()];
  expect(await moduli(one)).toEqual(await moduli(other));
  expect(await kids(one)).not.toEqual(await kids(other));
  await expect(verifyAfresh(other, await redirect(one))).rejects.toThrow(PurseRedirectionError);
});

it("gives seeded simulators keys of their own, because their ids repeat", async () => {
  const [one, other] = [simulate({}, { seed: 1 }), simulate({}, { seed: 1 })];
  expect(await kids(one)).toEqual(await kids(other));
  expect(await moduli(one)).not.toEqual(await moduli(other));
  expect(await moduli(simulate())).not.toEqual(await moduli(one));
  await expect(verifyAfresh(other, await redirect(one))).rejects.toThrow(PurseRedirectionError);
});

it("rotates to a key of its own, and retires only its own", async () => {
  const [one, other] = [simulate(), simulate()];
  const ofOther = await redirect(other);
  for (const simulated of [one, other]) {
    await simulated.simulator.rotateSigningKey({ kid: 7, retireAfterMs: simulated === one ? 0 : 1000 });
  }
  expect(await moduli(one)).toHaveLength(1);
  expect(await moduli(other)).toHaveLength(2);
  expect((await moduli(other))[1]).not.toBe((await moduli(one))[0]);
  await expect(verifyAfresh(other, await redirect(one))).rejects.toThrow(PurseRedirectionError);
  await verifyAfresh(other, ofOther);
});

it("keeps the key in a dump, and drops its id on reset", async () => {
  const first = simulate();
  const url = await redirect(first);
  const second = simulate({}, { state: first.simulator.dump() });
  await verifyAfresh(second, url);
  first.simulator.reset();
  await expect(verifyAfresh(first, url)).rejects.toThrow(PurseRedirectionError);
  await verifyAfresh(second, url);
});
