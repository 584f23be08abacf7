#!/usr/bin/env node
import { main } from "./cli.js";

// EPIPE: the reader of the log has closed its end.
process.stdout.on("error", () => process.exit(0));
process.exitCode = await main(process.argv.slice(2));
