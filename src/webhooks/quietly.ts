/** Tells somebody who must not be able to do harm by it: whoever fails at being told, at once or later, cannot be told of it. */
export function tellQuietly(tell: () => unknown): void {
  new Promise((resolve) => {
    resolve(tell());
  }).catch(() => undefined);
}
