import { connectControl } from "../fault-server/control.js";
import type { FaultServer } from "../fault-server/start.js";

/** Where the script that runs the runtimes starts fault servers on demand; it fills this in. */
declare const FAULT_SERVERS_URL: string;

/** As the function of the same name for Node: a runtime that cannot start processes asks for one. */
export async function startFaultServer(): Promise<FaultServer> {
  const response = await fetch(FAULT_SERVERS_URL, { method: "POST" });
  const { serviceUrl, controlUrl } = (await response.json()) as { serviceUrl: string; controlUrl: string };
  // Ends with the script; a request that is not awaited would be cut off in some runtimes.
  return { ...connectControl(serviceUrl, controlUrl), controlUrl, stop: () => undefined };
}
