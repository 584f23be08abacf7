import type { Fault } from "../faults.js";

/** Answers that point elsewhere; nothing listens there, and nothing must be sent there. */
const foreignLocation = "http://127.0.0.2:9/elsewhere";

export const allFaults: readonly Fault[] = [
  { kind: "drop_before" },
  { kind: "drop_after" },
  { kind: "half_header" },
  { kind: "cut_body" },
  { kind: "stall_before" },
  { kind: "stall_after" },
  { kind: "drip" },
  { kind: "status_before", status: 401 },
  { kind: "status_before", status: 408 },
  { kind: "status_before", status: 429, retryAfter: "0" },
  { kind: "status_before", status: 503 },
  { kind: "status_after", status: 408 },
  { kind: "status_after", status: 500 },
  { kind: "status_after", status: 504 },
  { kind: "html_before", status: 502 },
  { kind: "html_after" },
  { kind: "empty_after" },
  { kind: "redirect_before", location: foreignLocation },
  { kind: "redirect_after", location: foreignLocation },
  { kind: "late_commit", delayMs: 250, guarded: true },
  { kind: "late_commit", delayMs: 250, guarded: false },
];
