import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { redirectionParameter as name } from "../../generated/redirection.js";
import { findToken, type RedirectionInput } from "../../src/redirection/token-input.js";

const token = "aa.bb.cc";
const query = `order=1&${name}=${token}&lang=fr`;

test("what Express, Fastify and Hono hand out is accepted as it is", async () => {
  const seen: string[] = [];
  const app = express();
  app.use("/shop", (request, response) => {
    seen.push(findToken(request), findToken(request.originalUrl));
    response.end();
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on a port.
  await fetch(`http://127.0.0.1:${String(port)}/shop/return?${query}`);
  server.closeAllConnections();
  server.close();

  const api = fastify();
  api.get("/return", (request, reply) => {
    seen.push(findToken(request), findToken(request.raw as RedirectionInput));
    return reply.send("");
  });
  await api.inject(`/return?${query}`);
  await api.close();

  const hono = new Hono();
  hono.get("/return", (c) => {
    seen.push(findToken(c.req), findToken(c.req.raw));
    return c.text("");
  });
  await hono.request(`/return?${query}`);

  expect(seen).toEqual(Array(6).fill(token));
});
