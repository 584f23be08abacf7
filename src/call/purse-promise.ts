import type { Operation } from "../../generated/schema.js";

/** A result together with how it came about. */
export interface PurseResponse<T> {
  /** What awaiting the call gives. */
  readonly data: T;
  /**
   * Capture, refund and void: the operation that this call made, if the answer shows which it is. The answer does not
   * name it, so it is left out when another entry of the list could be this call's, when its time shows that it is older,
   * and, without a `merchant_reference`, when its time cannot be read. Give
   * each operation a `merchant_reference` of its own: that tells them apart. Look at its `status`: a successful answer
   * may carry an operation that is pending or has failed.
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
   * API requests of the call: all attempts, those included that could not connect, and the reads of a recovery. Token
   * requests are not counted.
   */
  readonly attempts: number;
  /** The key the call went out with. */
  readonly idempotencyKey?: string;
  /**
   * `created`: this call did it. `recovered`: the key had done it before (in an earlier attempt or an earlier
   * call), and the result was read back. Missing from what only reads, also where it goes out with a key.
   */
  readonly idempotency?: "created" | "recovered";
}

/** The promise of every API method. Awaiting it gives the result; {@link withResponse} gives more. */
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
    // A chain without a branch: engines follow it from an error to the code that awaits the call, and a rejection is
    // reported where it is looked for and only there.
    withResponse: () => plain.then(() => response),
  });
}
