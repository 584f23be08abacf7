/** What one case of a test file came to. */
export interface CaseResult {
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
  /** Of the first failure. */
  readonly message?: string;
}

/** What one test file came to on one runtime. */
export interface FileResult {
  readonly file: string;
  readonly cases: readonly CaseResult[];
  /** What went wrong outside the cases: the file did not load, a hook failed, a rejection was left unhandled. */
  readonly problems: readonly string[];
}
