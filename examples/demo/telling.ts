let step = 0;

/** Prints one step of the story. */
export function tell(title: string, text: string): void {
  step += 1;
  console.log(`${String(step).padStart(3)}. ${title.padEnd(18)} ${text}`);
}

/** Prints a line that belongs to the step before. */
export function note(text: string): void {
  console.log(`${" ".repeat(24)}${text}`);
}

/** An amount in minor units, as people write it. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`;
}
