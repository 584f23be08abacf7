/** `skipped`: what it needs failed before. */
export type Verdict = "good" | "careful" | "bad" | "skipped";

/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  readonly text: string;
  /** What to do about it, if it is not good. */
  readonly remedy?: string;
}

export function good(name: string, text: string): Finding {
  return { name, verdict: "good", text };
}

export function careful(name: string, text: string, remedy: string): Finding {
  return { name, verdict: "careful", text, remedy };
}

export function bad(name: string, text: string, remedy: string): Finding {
  return { name, verdict: "bad", text, remedy };
}

export function skipped(name: string, text: string): Finding {
  return { name, verdict: "skipped", text };
}
