import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A database that processes share, and how to be unkind to it. */
export interface SharedDatabase {
  readonly name: string;
  /** For the programs that use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stops it in the middle of everything, and starts it again; undefined where it is no server. */
  restart?(): void;
  stop(): void;
}

const root = "/usr/lib/postgresql";

/** Folder of the programs of Debian's PostgreSQL, where it is installed. */
export function findPostgres(): string | undefined {
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root).sort((one, other) => Number(other) - Number(one));
  return versions
    .map((version) => join(root, version, "bin"))
    .find((folder) => existsSync(join(folder, "pg_ctl")));
}

/** A PostgreSQL of the script's own on loopback, in a folder of its own. It refuses to run as root. */
export async function startPostgres(programs: string): Promise<SharedDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "purse-postgres-"));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
    chownSync(folder, id("-u"), id("-g"));
  }
  const run = (program: string, args: readonly string[]): void => {
    const command = [join(programs, program), ...args];
    const [file = "", ...rest] = isRoot ? ["runuser", "-u", "postgres", "--", ...command] : command;
    execFileSync(file, rest, { stdio: "ignore", cwd: folder });
  };
  const port = await freePort();
  const data = join(folder, "data");
  run("initdb", [
    "--pgdata",
    data,
    "--auth",
    "trust",
    "--username",
    "purse",
    "--encoding",
    "UTF8",
    "--no-sync",
  ]);
  const options = `-p ${String(port)} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  const start = ["start", "--wait", "--pgdata", data, "--log", join(folder, "log"), "--options", options];
  run("pg_ctl", start);
  return {
    name: "PostgreSQL",
    environment: { DATABASE_URL: `postgres://purse@127.0.0.1:${String(port)}/postgres` },
    restart() {
      run("pg_ctl", ["stop", "--wait", "--mode", "immediate", "--pgdata", data]);
      run("pg_ctl", start);
    },
    stop() {
      run("pg_ctl", ["stop", "--wait", "--mode", "immediate", "--pgdata", data]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function createSqlite(): SharedDatabase {
  const folder = mkdtempSync(join(tmpdir(), "purse-sqlite-"));
  return {
    name: "SQLite",
    environment: { DATABASE_FILE: join(folder, "journal.db") },
    stop() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
