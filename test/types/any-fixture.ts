/* eslint-disable @typescript-eslint/no-explicit-any -- What the test has to find. */
export const inMember: { a: { b: any } } = { a: { b: 1 } };
export interface InList {
  list: readonly any[];
}
export const inParameter = (given: any): string => String(given);
export const inPromise = (): Promise<any> => Promise.resolve(1);
export type InUnion = string | { a: any };
export const nowhere: Promise<readonly string[]> = Promise.resolve([]);
