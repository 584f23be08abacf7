#!/usr/bin/env node
import { main } from "./cli.js";

// Whoever read the log has gone; that is no fault to report.
process.stdout.on("error", () => process.exit(0));
process.exitCode = await main(process.argv.slice(2));
