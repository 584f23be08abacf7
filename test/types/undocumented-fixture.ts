export interface Plain {
  /** Said. */
  readonly said: string;
  readonly silent: string;
  /** Said. */
  readonly inner: {
    /** Said. */
    readonly said: string;
    readonly silent: string;
  };
  /** Said, and its members are those of a named type. */
  readonly named: Either;
}

export abstract class OfClass {
  /** Said. */
  readonly said = "";
  readonly silent = "";
  /** @internal */
  readonly hidden = "";
  readonly #own = "";
  method(): string {
    return this.#own;
  }
}

export type Either =
  | {
      /** Said. */
      readonly said: string;
    }
  | { readonly silent: string };

export interface WithSource {
  /**
   * Said.
   *
   * @example
   * ```ts
   * 1 + 1;
   * ```
   *
   * Source: within the example.
   */
  readonly misplaced: string;
}
