import type { RequestRecord } from "../server/request-log.js";
import type { SimulatorEvent } from "../simulator-options.js";

type Colour = "green" | "yellow" | "red" | "dim" | "bold";

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  green: [32, 39],
  yellow: [33, 39],
  red: [31, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export type Paint = (colour: Colour, text: string) => string;

/** Colours on a terminal only, unless NO_COLOR is set. */
export function createPaint(isTerminal: boolean, noColor: string | undefined): Paint {
  if (!isTerminal || (noColor !== undefined && noColor !== "")) return (_colour, text) => text;
  return (colour, text) => {
    const [on, off] = codes[colour];
    return `\u001B[${String(on)}m${text}\u001B[${String(off)}m`;
  };
}

const templateWidth = 38;

/** One log line with columns: time, method, path, status, duration, operation and injected fault. */
export function formatEvent(event: SimulatorEvent, paint: Paint): string {
  if (event.type === "request") return formatRequest(event.request, paint);
  const { attempts, version, url } = event.delivery;
  const last = attempts.at(-1);
  const outcome = last?.outcome ?? "";
  const columns = [
    formatTime(last?.atMs ?? 0, paint),
    "HOOK".padEnd(6),
    withoutControls(new URL(url).host).padEnd(templateWidth),
    paint(
      outcome === "delivered" ? "green" : "yellow",
      last?.status === undefined ? "---" : String(last.status),
    ),
    `version ${String(version)}, attempt ${String(attempts.length)}: ${withoutControls(outcome)}`,
  ];
  return columns.join(" ");
}

function formatRequest(request: RequestRecord, paint: Paint): string {
  const { atMs, method, path, template, status, durationMs, operation, fault } = request;
  const shown = status === 0 ? "---" : String(status);
  const columns = [
    formatTime(atMs, paint),
    withoutControls(method).padEnd(6),
    withoutControls(template ?? path).padEnd(templateWidth),
    paint(colourOf(status), shown),
    `${durationMs.toFixed(durationMs < 10 ? 1 : 0)} ms`.padStart(8),
    paint("dim", operation ?? ""),
    ...(fault === undefined ? [] : [paint("yellow", `fault ${fault}`)]),
  ];
  return columns.join(" ").trimEnd();
}

function colourOf(status: number): Colour {
  if (status === 0 || status >= 500) return "red";
  return status >= 400 ? "yellow" : "green";
}

function formatTime(timeMs: number, paint: Paint): string {
  return paint("dim", new Date(timeMs).toISOString().slice(11, 19));
}

/** Keeps control characters in external data away from the terminal. */
function withoutControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
