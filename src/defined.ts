/** The members of an object without those that are undefined, which differ under `exactOptionalPropertyTypes` from members left out. */
export function defined<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  // Members with a value are what the type says.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof defined<T>
  >;
}
