import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A certificate with its key, as PEM, made for one test run. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: KeyObject;
}

/** Just enough of DER (X.690) for certificates: one value is a tag, its length and its content. */
function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...contents: Uint8Array[]): Buffer => der(0x30, ...contents);
const oid = (...bytes: number[]): Buffer => der(0x06, Buffer.from(bytes));
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

function distinguishedName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))));
}

function time(offsetMs: number): Buffer {
  const digits = new Date(Date.now() + offsetMs).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return der(0x18, Buffer.from(digits));
}

const dayMs = 86_400_000;

/**
 * Makes an X.509 certificate with an EC key, signed by an authority or, to be one, by itself. If it is not an authority
 * it is for the server of this name, or at 127.0.0.1.
 */
export function makeCertificate(
  name: string,
  authority?: Certificate,
  lastsMs = dayMs,
  serverName?: string,
): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const isAuthority = authority === undefined;
  const basicConstraints = sequence(
    oid(0x55, 0x1d, 0x13),
    der(0x01, Buffer.from([0xff])),
    der(0x04, isAuthority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence()),
  );
  const server =
    serverName === undefined ? der(0x87, Buffer.from([127, 0, 0, 1])) : der(0x82, Buffer.from(serverName));
  const alternativeName = sequence(oid(0x55, 0x1d, 0x11), der(0x04, sequence(server)));
  const extensions = isAuthority ? sequence(basicConstraints) : sequence(basicConstraints, alternativeName);
  const serial = Buffer.from([1, ...crypto.getRandomValues(new Uint8Array(8))]);
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    distinguishedName(authority?.name ?? name),
    sequence(time(-dayMs), time(lastsMs)),
    distinguishedName(name),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = sign("sha256", content, authority?.privateKey ?? privateKey);
  const whole = sequence(content, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = whole
    .toString("base64")
    .replaceAll(/(.{64})/g, "$1\n")
    .trim();
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    name,
    privateKey,
  };
}
