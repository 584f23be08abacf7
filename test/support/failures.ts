import { inspect } from "node:util";
import type { AnyPurseError } from "../../src/index.js";
import { isPurseError } from "../../src/errors/union.js";

/** The error a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<AnyPurseError> {
  const error = await rejectionOf(promise);
  if (isPurseError(error)) return error;
  throw new Error("expected an error of the package", { cause: error });
}

/** As {@link failureOf}, of one class; fails the test for any other. */
export async function failureAs<E extends Error>(
  kind: abstract new (...values: never[]) => E,
  promise: Promise<unknown>,
): Promise<E> {
  const error = await rejectionOf(promise);
  if (error instanceof kind) return error;
  throw new Error(`expected ${kind.name}, got ${inspect(error)}`, { cause: error });
}

export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}

/** What a function throws. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("expected an exception");
}

/** An error in every form that ends up in logs. */
export function renderingsOf(error: Error): string {
  const forms: string[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    forms.push(
      current.message,
      String(current),
      current.stack ?? "",
      JSON.stringify(current),
      inspect(current),
      inspect(current, { showHidden: true, depth: Infinity }),
      inspect(current, { showHidden: true, depth: Infinity, getters: true }),
      ...Object.values(current).map((value: unknown) =>
        inspect(value, { showHidden: true, depth: Infinity }),
      ),
    );
  }
  return forms.join("\n");
}

/** The spellings a secret is looked for in. */
export function spellingsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("base64url"),
  ];
}
