import type { Operation } from "../../generated/schema.js";

/** A result with the details of its call. */
export interface PurseResponse<T> {
  /** What the call itself resolves to. */
  readonly data: T;
  /**
   * Capture, refund and void: the operation that this call made, if the answer shows which it is. The answer does not
   * name it, so it is left out if another entry of the list could be this call's, if its time shows that it is older,
   * or, without a `merchant_reference`, if its time cannot be read. Give each operation a `merchant_reference` of its own
   * to tell them apart. Check its `status`: a successful answer may contain an operation that is pending or has failed.
   */
  readonly operation?: Operation;
  /** The answer that decided, without its body. */
  readonly response: {
    /** HTTP status. */
    readonly status: number;
    /** HTTP headers. */
    readonly headers: Headers;
  };
  /** The service's id for the request, for its support. */
  readonly requestId?: string;
  /**
   * API requests of the call: all attempts, including those that could not connect, and the reads of a recovery. Token
   * requests do not count.
   */
  readonly attempts: number;
  /** The key that was sent. */
  readonly idempotencyKey?: string;
  /**
   * `created`: this call made it. `recovered`: an earlier attempt or call with the same key had made it, and the result was
   * read back. Left out for calls that only read, even if they send a key.
   */
  readonly idempotency?: "created" | "recovered";
}

/** What every API method returns. Await it for the result, or use {@link withResponse} for the details as well. */
export interface PursePromise<T> extends Promise<T> {
  /**
   * The result together with status, headers, request id, attempts and idempotency key.
   *
   * @example
   * ```ts
   * import type { Purse } from "purse-payments";
   *
   * async function captureAll(purse: Purse, paymentId: string) {
   *   const { data, operation, idempotency } = await purse.payments.capture(paymentId, { amount: 3000 }).withResponse();
   *   console.log(data.amounts.total_captured, operation?.status, idempotency);
   * }
   * ```
   */
  withResponse(): Promise<PurseResponse<T>>;
}

export function toPursePromise<T>(detailed: Promise<PurseResponse<T>>): PursePromise<T> {
  let response: PurseResponse<T>;
  const plain = detailed.then((settled) => (response = settled).data);
  return Object.assign(plain, {
    // One chain without a branch: an error's async stack reaches the code that awaits the call, and an unhandled rejection
    // is reported once.
    withResponse: () => plain.then(() => response),
  });
}
