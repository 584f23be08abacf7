const loopbackHost = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/;

/**
 * Whether a URL names this computer or the host that the simulator listens on, with any port, because ports may be
 * forwarded. A web page can point its own host name at this computer, but cannot own one of these names.
 */
export function isOwnHost(url: string, listenHost: string): boolean {
  const hostname = hostnameOf(url);
  return (
    hostname !== undefined &&
    (loopbackHost.test(hostname) || hostname === hostnameOf(`http://${toUrlHost(listenHost)}`))
  );
}

/** The host as written in a URL. */
export function toUrlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
