import { runFile } from "./vitest.js";

/** Runs one test file inside workerd, and answers with what it came to. */
const unhandled: string[] = [];

function note(reason: unknown): void {
  unhandled.push(`unhandled: ${reason instanceof Error ? (reason.stack ?? "") : String(reason)}`);
}

// With Node's process at hand, a test that provokes a rejection takes the listener away for that time.
if ("process" in globalThis) process.on("unhandledRejection", note);
else {
  addEventListener("unhandledrejection", (event) => {
    note(event.reason);
  });
}

// The entry of a worker is its default export.
export default {
  async fetch(request: Request): Promise<Response> {
    const file = new URL(request.url).searchParams.get("file") ?? "";
    const bundle = `./${file.replaceAll("/", "__")}.js`;
    const { cases, problems } = await runFile(file, () => import(bundle));
    return Response.json({ file, cases, problems: [...problems, ...unhandled.splice(0)] });
  },
};
