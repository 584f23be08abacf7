import { findOperation } from "../../src/simulator/protocol/operation-lookup.js";
import type { SimulatorOptions } from "../../src/simulator/index.js";
import { checkAnswer } from "../unit/simulator/contract.js";
import { simulate, type Simulated } from "./simulated.js";

/** A simulator and a client of it; every answer between them has to be one that the spec describes. */
export function simulateChecked(options: SimulatorOptions = {}): Simulated {
  const simulated = simulate({ fetch }, options);

  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const response = await simulated.simulator.fetch(url, init);
    const operation = findOperation(init.method ?? "GET", new URL(url).pathname);
    if (operation !== undefined) await checkAnswer(operation, response);
    return response;
  }

  return simulated;
}
