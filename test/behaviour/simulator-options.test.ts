import { expect, it } from "vitest";
import { createSimulator, type SimulatorOptions } from "../../src/simulator/index.js";

it.each(["clientID", "sessionLifetime", "onevent", "log"])("an unknown option %s is refused", (name) => {
  const options = { [name]: 1 } as SimulatorOptions;
  expect(() => createSimulator(options)).toThrow(TypeError);
  expect(() => createSimulator(options)).toThrow(`Unknown member "${name}"; known are clientId,`);
});

it("an unknown option of listen is refused", async () => {
  const simulator = createSimulator();
  await expect(simulator.listen({ prot: 4010 } as never)).rejects.toThrow('Unknown member "prot"');
});

it("unknown members of payment means and partner targets are refused", async () => {
  const simulator = createSimulator();
  await expect(simulator.shopper.pay("session", { crad: "4" } as never)).rejects.toThrow(
    'Unknown member "crad"',
  );
  expect(() => {
    simulator.partners.next("refuse", { knd: "capture" } as never);
  }).toThrow('Unknown member "knd"; known are kind, partner, method.');
});
