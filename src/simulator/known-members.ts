/** @throws TypeError for an unknown member, because a test with an ignored member would test something else. */
export function checkMembers(given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`Unknown member ${JSON.stringify(unknown)}; known are ${known.join(", ")}.`);
  }
}
