export { telemetryHooks, type TelemetryOptions } from "./telemetry-hooks.js";
