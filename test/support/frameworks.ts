import { serve } from "@hono/node-server";
import express from "express";
import fastify, { type FastifyInstance } from "fastify";
import { Hono } from "hono";
import type { AddressInfo } from "node:net";
import { toFastifyHandler, toNodeHandler, type NodeHandlerOptions } from "../../src/webhooks/node.js";
import { startReceiving, type ReceivingServer } from "./receiving-server.js";

export type FetchHandler = (request: Request) => Promise<Response>;
export type StartFramework = (
  handler: FetchHandler,
  options?: NodeHandlerOptions,
) => Promise<ReceivingServer>;

/** What stands before the route of an Express application. */
export function startExpress(...before: express.RequestHandler[]): StartFramework {
  return (handler, options) => {
    const app = express();
    for (const middleware of before) app.use(middleware);
    app.post("/purse", toNodeHandler(handler, options));
    return startReceiving(app);
  };
}

/** @param prepare what a Fastify application is set up with before the route. */
export function startFastify(prepare: (app: FastifyInstance) => void = () => undefined): StartFramework {
  return async (handler, options) => {
    const app = fastify();
    prepare(app);
    app.post("/purse", toFastifyHandler(handler, options));
    const address = await app.listen({ port: 0, host: "127.0.0.1" });
    return {
      url: `${address}/purse`,
      async close() {
        app.server.closeAllConnections();
        await app.close();
      },
    };
  };
}

export const startHono: StartFramework = async (handler) => {
  const app = new Hono();
  app.post("/purse", (context) => handler(context.req.raw));
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () => {
      resolve(started);
    });
  });
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return {
    url: `http://127.0.0.1:${String(port)}/purse`,
    async close() {
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export const startNode: StartFramework = (handler, options) =>
  startReceiving(toNodeHandler(handler, options));
