import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { isPurseError } from "../errors/union.js";

/** Throws the error for an argument or option, naming it. */
export type Refuse = (name: string, message: string) => never;

/** Refuses a call's argument, naming it. */
export function refuseArgument(argument: string, message: string): never {
  throw new PurseInvalidArgumentError(argument, message);
}

/**
 * Copies an options object and refuses unknown members: if a misspelt `idempotencyKey` were ignored, the key would be
 * random, and money could move twice.
 */
export function readMembers(
  given: unknown,
  place: string,
  known: readonly string[],
  refuse: Refuse = refuseArgument,
): Record<string, unknown> {
  const members = copyMembers(given, place, refuse);
  for (const name of Object.keys(members)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint = near === undefined ? `; there are ${known.join(", ")}.` : `. Did you mean ${near}?`;
    // A name that does not look like an option's may be a value, and so a secret.
    refuse(`${place}.${/^[a-z_$][\w$-]{0,39}$/i.test(name) ? name : "?"}`, `is not known${hint}`);
  }
  return members;
}

/**
 * Copies a plain object, reading each getter once. Refuses everything else: members of an instance or a `Map` could be
 * missed silently.
 */
export function copyMembers(
  given: unknown,
  place: string,
  refuse: Refuse = refuseArgument,
  what = "an object",
): Record<string, unknown> {
  return reading(place, refuse, () => {
    if (typeof given !== "object" || given === null || Array.isArray(given))
      return refuse(place, `must be ${what}, but is ${describe(given)}.`);
    if (!isPlain(given)) return refuse(place, "must be a plain object, not a Map or an instance of a class.");
    const names = Object.getOwnPropertyNames(given); // Not only the enumerable ones: none may be missed.
    return Object.fromEntries(names.map((name) => [name, Reflect.get(given, name) as unknown]));
  });
}

/** Runs code that reads an argument. If a getter or a proxy throws, the argument is refused. */
export function reading<T>(place: string, refuse: Refuse, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isPurseError(error)) throw error;
    return refuse(place, "cannot be read: a getter or a proxy in it throws.");
  }
}

/** Checks what only `Object.prototype` has, so that objects of another realm count. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    Object.prototype.toString.call(value) === "[object Object]" &&
    (prototype === null || Object.hasOwn(prototype as object, "isPrototypeOf"))
  );
}

/** A name without case, underscores and dashes, in which spellings differ. */
export function flatten(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}

export function nearest(name: string, known: readonly string[]): string | undefined {
  const flat = flatten(name.slice(0, 40));
  const [best] = known
    .map((each) => ({ each, share: sharedLetters(flat, flatten(each)) }))
    .sort((one, other) => other.share - one.share);
  return best !== undefined && best.share > 0.6 ? best.each : undefined;
}

/** From 0 to 1: how many letters two names share in the same order. */
function sharedLetters(one: string, other: string): number {
  let counts = Array.from(other, () => 0);
  for (const letter of one) {
    let [diagonal, left] = [0, 0];
    counts = counts.map((above, index) => {
      left = other[index] === letter ? diagonal + 1 : Math.max(above, left);
      diagonal = above;
      return left;
    });
  }
  return (2 * (counts.at(-1) ?? 0)) / (one.length + other.length);
}

/** Names a value's type without showing the value, which may be a secret. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
