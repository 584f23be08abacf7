import { parseArgs } from "node:util";
import type { Fault } from "../state/fault-records.js";
export const usage = `purse-simulator [options]

Runs a stateful simulator of the Purse Payment API v2 on this computer, with a dashboard at /_simulator/.

  --port NUMBER   port to listen on, 0 for any free port (default 4010)
  --host ADDRESS  loopback address to listen on: 127.x.x.x, ::1 or localhost (default 127.0.0.1)
  --seed TEXT     makes ids and references repeatable; signing keys stay random
  --state FILE    loads the state from this file on start, if it exists, and saves it on exit
  --fault KIND[:OPERATION][:TIMES]
                  queues a fault, for example drop_after:capturePayment or rate_limit::3; may be repeated,
                  and replaces the faults in the state file
  --quiet         does not log requests
  --help          prints this help

Control it over HTTP, from this computer only; bodies are JSON with the content type application/json:

  GET    /_simulator/                         the dashboard
  GET    /_simulator/clock                    POST {"advance": {"minutes": 31}}, {"setTo": "…"} or {"frozen": true}
  GET    /_simulator/faults                   POST {"kind": "drop_after", "operation": "capturePayment", "times": 1}
  DELETE /_simulator/faults                   DELETE /_simulator/faults/ID for one
  GET    /_simulator/partners                 POST {"answer": "refuse", "kind": "capture"}, DELETE clears them
  POST   /_simulator/partners/settle          {"id": "…", "answer": "approve"}
  GET    /_simulator/signing-keys             POST {"kid": "…", "retireAfterMs": 0} replaces the key
  GET    /_simulator/webhooks                 POST /_simulator/webhooks/ID/redeliver with {}
  GET    /_simulator/ledger                   and /_simulator/requests
  POST   /_simulator/sessions                 {"amount": 4299} creates a session for trying the pages
  GET    /_simulator/state                    PUT loads a dump, DELETE clears everything

Environment: NO_COLOR turns colours off.
`;

export interface Arguments {
  readonly port: number;
  readonly host: string;
  readonly help: boolean;
  readonly quiet: boolean;
  readonly faults: readonly Fault[];
  readonly seed?: string;
  readonly stateFile?: string;
}

/** @throws `Error` naming the invalid argument. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, tokens } = parseArgs({
    args: [...argv],
    tokens: true,
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      seed: { type: "string" },
      state: { type: "string" },
      fault: { type: "string", multiple: true, default: [] },
      quiet: { type: "boolean", short: "q", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const names = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
  const repeated = names.find((name, index) => name !== "fault" && names.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`--${repeated} is given more than once.`);
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535)
    throw new Error("--port must be a number from 0 to 65535.");
  if (!/^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(values.host)) {
    throw new Error("--host must be a loopback address, because the credentials are public.");
  }
  if (values.state === "") throw new Error("--state needs a file name.");
  return {
    port,
    host: values.host,
    help: values.help,
    quiet: values.quiet,
    faults: values.fault.map(toFault),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
  };
}

function toFault(text: string): Fault {
  const [kind = "", operation = "", times = "1", ...rest] = text.split(":");
  if (rest.length > 0) throw new Error("--fault must be KIND, KIND:OPERATION or KIND:OPERATION:TIMES.");
  return {
    kind,
    ...(operation === "" ? {} : { operation }),
    times: times === "always" ? times : Number(times),
  } as Fault; // `faults.add` checks it.
}
