let step = 0;

/** Prints one numbered step. */
export function printStep(title: string, text: string): void {
  step += 1;
  console.log(`${String(step).padStart(3)}. ${title.padEnd(18)} ${text}`);
}

/** Prints a detail of the last step. */
export function printNote(text: string): void {
  console.log(`${" ".repeat(24)}${text}`);
}

/** Formats an amount in minor units. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`;
}
