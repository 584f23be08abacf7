/** Assertions without a test framework, so that the cases run in every runtime that the client runs in. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

export function assertEqual(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(found === wanted, `${what}: expected ${wanted}, found ${found}`);
}
