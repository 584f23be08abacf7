/** Releases that were withdrawn because they carried malicious code, by package. */
export type BadReleases = Readonly<Record<string, readonly string[]>>;

export interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

export interface Lock {
  readonly packages?: Readonly<Record<string, LockedPackage>>;
}

/** What is wrong with a lock file, one sentence each. */
export function faultsOfLock(lock: Lock, badReleases: BadReleases): string[] {
  if (lock.packages === undefined) return ["has no `packages`: write it with npm 7 or newer"];
  return Object.entries(lock.packages).flatMap(([path, locked]) => {
    if (path === "" || locked.link === true) return [];
    const name = locked.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const version = locked.version ?? "";
    const release = `${name}@${version}`;
    const faults: string[] = [];
    if (badReleases[name]?.includes(version) === true) faults.push(`${release} is known to be malicious`);
    if (locked.resolved?.startsWith("file:") === true) return faults;
    if (locked.resolved !== undefined) faults.push(`${release} has a download address`);
    if (locked.integrity === undefined) faults.push(`${release} has no integrity`);
    return faults;
  });
}
