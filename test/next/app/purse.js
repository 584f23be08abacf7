import { Purse } from "purse-payments";

/** One client for each process, as Next may load a module more than once. */
export function getPurse() {
  return (globalThis.purseOfTheTest ??= new Purse());
}
