const loopbackHost = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/;

/**
 * Whether an address names this computer, or the host that the simulator was told to listen on; with any port, because
 * ports are forwarded. A web page can lead a name of its own to this computer, but it cannot own one of these.
 */
export function isOwnHost(url: string, told: string): boolean {
  const hostname = hostnameOf(url);
  return (
    hostname !== undefined &&
    (loopbackHost.test(hostname) || hostname === hostnameOf(`http://${toUrlHost(told)}`))
  );
}

/** A host as it is written in a URL. */
export function toUrlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
