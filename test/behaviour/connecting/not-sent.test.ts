import { spawn } from "node:child_process";
import dns from "node:dns";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Purse, type PurseHooks } from "../../../src/index.js";
import { createSimulator, type Simulator } from "../../../src/simulator/index.js";
import { bundleProgram } from "../../support/programs.js";

/**
 * With real connections and Node's own `fetch`. A payment is created: its key is not known to be honoured, so it is sent
 * again only after proof that nothing was sent, and the ledger counts.
 */

let simulator: Simulator;
let port: number;
let reasons: string[];
const cleanUps: (() => void)[] = [];

beforeEach(async () => {
  simulator = createSimulator();
  ({ port } = await simulator.listen());
  reasons = [];
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
  await simulator.close();
});

const order = { reference: "order-1", net_amount: 700 };
const split = [{ partner: "illicado", method: "giftcard", amount: 700 }];
const params = { amount: 700, currency: "EUR", order, split };

/** A client that finds the API by name, and has its token from the address, so that no connection is there to be reused. */
async function clientByName(): Promise<Purse> {
  const { clientId, clientSecret, entityId, baseUrl } = simulator;
  const hooks: PurseHooks = {
    onAttemptEnd: ({ outcome, failure = "" }) => reasons.push(`${outcome} ${failure}`.trim()),
  };
  const tokenUrl = `${baseUrl}/oauth/token`;
  const named = `http://localhost:${String(port)}`;
  const purse = new Purse({ baseUrl: named, tokenUrl, clientId, clientSecret, entityId, hooks });
  await purse.accessTokens.retrieve();
  return purse;
}

/** Resolves the name: one list of addresses a lookup, and to the simulator afterwards. */
function resolveTo(...answers: (string[] | NodeJS.ErrnoException)[]): void {
  const lookup = (_name: string, _options: unknown, done: (...results: unknown[]) => void): void => {
    const answer = answers.shift() ?? ["127.0.0.1"];
    if (answer instanceof Error) done(answer);
    else
      done(
        null,
        answer.map((address) => ({ address, family: 4 })),
      );
  };
  vi.spyOn(dns, "lookup").mockImplementation(lookup as typeof dns.lookup);
}

/** An address on which a server neither takes nor refuses connections: it is stopped, and its queue is full. */
async function silentAddress(): Promise<string> {
  const host = "127.0.0.3";
  const program = `require("node:net").createServer().listen({ port: ${String(port)}, host: "${host}", backlog: 1 }, () => console.log("listening"))`;
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  cleanUps.push(() => child.kill("SIGKILL"));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGSTOP");
  const sockets = Array.from({ length: 8 }, () => connect(port, host));
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  // As many as fit into the queue of a server that asked for one.
  let left = 2;
  await new Promise<void>((resolve) => {
    for (const socket of sockets) {
      socket.once("connect", () => {
        left -= 1;
        if (left === 0) resolve();
      });
    }
  });
  return host;
}

function authorizations(): number[] {
  return simulator.ledger.entries().flatMap(({ kind, amount }) => (kind === "authorization" ? [amount] : []));
}

describe.skipIf(process.platform !== "linux")(
  "a payment is created once, though connecting fails first",
  () => {
    it("because the port is refused", async () => {
      const purse = await clientByName();
      resolveTo(["127.0.0.2"]);
      await purse.payments.create(params);
      expect(reasons).toEqual(["not_sent ECONNREFUSED", "answered"]);
      expect(authorizations()).toEqual([700]);
    });

    it("because every address refuses", async () => {
      const purse = await clientByName();
      resolveTo(["127.0.0.2", "127.0.0.4"]);
      await purse.payments.create(params);
      expect(reasons).toEqual(["not_sent ECONNREFUSED", "answered"]);
      expect(authorizations()).toEqual([700]);
    });

    it("because one address is silent and the other refuses", async () => {
      const purse = await clientByName();
      resolveTo([await silentAddress(), "127.0.0.2"]);
      await purse.payments.create(params);
      expect(reasons).toEqual(["not_sent ETIMEDOUT", "answered"]);
      expect(authorizations()).toEqual([700]);
    });

    it("because the name is looked up in vain", async () => {
      const purse = await clientByName();
      resolveTo(
        Object.assign(new Error("getaddrinfo EMFILE"), {
          code: "EMFILE",
          syscall: "getaddrinfo",
          errno: -24,
        }),
      );
      await purse.payments.create(params);
      expect(reasons).toEqual(["not_sent EMFILE", "answered"]);
      expect(authorizations()).toEqual([700]);
    });

    it("because the process has no file descriptor left", async () => {
      const { clientId, clientSecret, entityId, baseUrl } = simulator;
      const named = `http://127.0.0.1:${String(port)}`;
      const args = [
        named,
        `${baseUrl.replace("127.0.0.1", "localhost")}/oauth/token`,
        clientId,
        clientSecret,
        entityId,
      ];
      const command = 'ulimit -n 100; exec "$0" "$@"';
      const program = await bundleProgram("test/behaviour/connecting/main.ts");
      const child = spawn("sh", ["-c", command, process.execPath, program, ...args], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      cleanUps.push(() => child.kill("SIGKILL"));
      let text = "";
      for await (const part of child.stdout.setEncoding("utf8")) text += String(part);
      expect(JSON.parse(text)).toMatchObject({ reasons: ["not_sent EMFILE", "answered"] });
      expect(authorizations()).toEqual([700]);
    });
  },
);
