/** @throws TypeError when a member is not one of those that are known: ignored, it would change what a test is about. */
export function checkMembers(given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`${JSON.stringify(unknown)} is not known here; there are ${known.join(", ")}.`);
  }
}
