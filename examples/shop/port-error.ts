/** A server could not start on its port. The message is for the terminal. */
export class PortError extends Error {
  constructor(server: string, port: number, variable: string, cause: unknown) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    const fault = code === "EADDRINUSE" ? "is already in use" : `cannot be used (${code})`;
    super(
      `Port ${String(port)} for the ${server} ${fault}. Choose another: ${variable}=${String(port + 100)} npm run shop`,
    );
  }
}
