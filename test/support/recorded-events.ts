// Loaded here, so that the client finds it loaded and no test waits for the file.
import "../../src/call/observer.js";
import type {
  AttemptEndEvent,
  CallEndEvent,
  CallEvent,
  PurseHooks,
  PurseLogger,
  RetryEvent,
  TokenRequestEvent,
} from "../../src/index.js";

export type RecordedEvent =
  | { readonly name: "start"; readonly event: CallEvent }
  | { readonly name: "attempt"; readonly event: AttemptEndEvent }
  | { readonly name: "retry"; readonly event: RetryEvent }
  | { readonly name: "token"; readonly event: TokenRequestEvent }
  | { readonly name: "end"; readonly event: CallEndEvent };

export interface Recording {
  readonly hooks: PurseHooks;
  readonly events: readonly RecordedEvent[];
  /** The story in short: name, operation where it is not the call's own, and how it went. */
  readonly story: () => string[];
}

export function recordEvents(): Recording {
  const events: RecordedEvent[] = [];
  return {
    events,
    hooks: {
      onCallStart: (event) => events.push({ name: "start", event }),
      onAttemptEnd: (event) => events.push({ name: "attempt", event }),
      onRetry: (event) => events.push({ name: "retry", event }),
      onTokenRequest: (event) => events.push({ name: "token", event }),
      onCallEnd: (event) => events.push({ name: "end", event }),
    },
    story: () => events.map(tellShortly),
  };
}

function tellShortly({ name, event }: RecordedEvent): string {
  switch (name) {
    case "start":
      return `start ${event.operation}, ${event.purpose}`;
    case "attempt":
      return `attempt ${String(event.attempt)} ${event.operation} ${event.outcome} ${String(event.status ?? "-")}`;
    case "retry":
      return `retry after ${String(event.attempt)}, ${event.reason}, ${String(Math.round(event.delayMs))} ms`;
    case "token":
      return `token ${event.outcome}`;
    case "end":
      return `end ${event.outcome}, ${String(event.attempts)}`;
  }
}

export interface Line {
  readonly level: keyof PurseLogger;
  readonly message: string;
  readonly facts: object;
}

export interface RecordingLogger {
  readonly logger: PurseLogger;
  readonly lines: readonly Line[];
}

export function recordLines(): RecordingLogger {
  const lines: Line[] = [];
  const at =
    (level: keyof PurseLogger) =>
    (message: string, facts: object): void => {
      lines.push({ level, message, facts });
    };
  return { lines, logger: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}
