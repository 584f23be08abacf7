/** An error that the demo reports in one line. */
export class DemoError extends Error {}
