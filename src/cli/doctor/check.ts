/** `skipped`: something that it needs failed before. */
export type Verdict = "pass" | "warn" | "fail" | "skipped";

/** The result of one check. */
export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  readonly text: string;
  /** What to do about it, unless it passed. */
  readonly remedy?: string;
}

export function pass(name: string, text: string): Finding {
  return { name, verdict: "pass", text };
}

export function warn(name: string, text: string, remedy: string): Finding {
  return { name, verdict: "warn", text, remedy };
}

export function fail(name: string, text: string, remedy: string): Finding {
  return { name, verdict: "fail", text, remedy };
}

export function skipped(name: string, text: string): Finding {
  return { name, verdict: "skipped", text };
}
