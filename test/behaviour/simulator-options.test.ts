import { expect, it } from "vitest";
import { createSimulator, type SimulatorOptions } from "../../src/simulator/index.js";

it.each(["clientID", "sessionLifetime", "onevent", "log"])(
  "an option called %s is refused: the test that gives it would test something else",
  (name) => {
    const options = { [name]: 1 } as SimulatorOptions;
    expect(() => createSimulator(options)).toThrow(TypeError);
    expect(() => createSimulator(options)).toThrow(`"${name}" is not known here; there are clientId,`);
  },
);

it("a misspelt option of listen is refused as well", async () => {
  const simulator = createSimulator();
  await expect(simulator.listen({ prot: 4010 } as never)).rejects.toThrow('"prot" is not known here');
});

it("so is a misspelt card, and a misspelt kind of what a partner answers", async () => {
  const simulator = createSimulator();
  await expect(simulator.shopper.pay("session", { crad: "4" } as never)).rejects.toThrow(
    '"crad" is not known',
  );
  expect(() => {
    simulator.partners.next("refuse", { knd: "capture" } as never);
  }).toThrow('"knd" is not known here; there are kind, partner, method.');
});
