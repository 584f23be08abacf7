/** The very same type: `any` equals only `any`, and an optional member is not one that may be undefined. */
export type Equal<A, B> =
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Only generic functions are compared member for member.
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Does not compile for anything but `true`. */
export type Expect<T extends true> = T;

/** The type itself if it is the wanted one; nothing can be assigned otherwise. */
export type Exactly<Actual, Wanted> = Equal<Actual, Wanted> extends true ? Actual : never;
