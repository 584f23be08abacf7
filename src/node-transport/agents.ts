import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Duplex } from "node:stream";
import { toNodeTls, type NodeFetchSettings } from "./options.js";

/** The connections of one transport. */
export interface Agents {
  forProtocol(protocol: string): HttpAgent | HttpsAgent;
  close(): void;
}

export function createAgents({ agent, tls, maxConnections, idleTimeoutMs }: NodeFetchSettings): Agents {
  if (agent !== undefined) {
    // Somebody else's agent may serve others as well, so it is not ours to close.
    return { forProtocol: () => agent, close: () => undefined };
  }
  const keepAlive = {
    keepAlive: true,
    maxSockets: maxConnections,
    maxFreeSockets: maxConnections,
    // The one that was used last is the least likely to be stale, and the others get old and go.
    scheduling: "lifo" as const,
    timeout: idleTimeoutMs,
  };
  const agents = {
    http: new HttpAgent(keepAlive),
    // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED does not decide it.
    https: new HttpsAgent({ ...keepAlive, rejectUnauthorized: true, ...toNodeTls(tls) }),
  };
  const state = { isClosed: false };
  for (const each of [agents.http, agents.https]) guardIdleSockets(each, state);
  return {
    forProtocol: (protocol) => (protocol === "https:" ? agents.https : agents.http),
    close() {
      state.isClosed = true;
      for (const each of [agents.http, agents.https]) {
        for (const sockets of Object.values(each.freeSockets))
          for (const socket of sockets ?? []) socket.destroy();
      }
    },
  };
}

/** Ends an idle connection on which anything arrives: who answers unasked may answer the next request with it. */
function guardIdleSockets(agent: HttpAgent | HttpsAgent, state: { readonly isClosed: boolean }): void {
  const keep = agent.keepSocketAlive.bind(agent) as (socket: Duplex) => boolean; // Declared to give nothing.
  const reuse = agent.reuseSocket.bind(agent);
  const keepIdle = (socket: Duplex): boolean => {
    // Node.js itself keeps it for as long as both sides' settings allow.
    if (state.isClosed || !keep(socket)) return false;
    socket.on("data", endTalker);
    return true;
  };
  agent.keepSocketAlive = keepIdle;
  agent.reuseSocket = (socket, request) => {
    socket.removeListener("data", endTalker);
    reuse(socket, request);
  };
}

function endTalker(this: Duplex): void {
  this.destroy();
}
