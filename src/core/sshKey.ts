/** What a pasted public key is. `bits` is the RSA modulus' length, where it was read. */
export type SshKey =
  | { readonly kind: "key"; readonly type: string; readonly bits?: number | undefined; readonly comment: string }
  | { readonly kind: "problem"; readonly problem: SshKeyProblem };

/** `privateKey` must never leave the machine; `broken` looks like a key but its content does not add up. */
export type SshKeyProblem = "missing" | "privateKey" | "severalKeys" | "notAKey" | "broken";

/** The longest RSA key that OpenSSH makes (16,384 bits) takes 2,800 characters; more is something else. */
const longestKey = 10_000;
const keyTypes = /^(ssh-rsa|ssh-ed25519|ssh-dss|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9-]+@openssh\.com)$/;

/**
 * Reads an OpenSSH public key line (`ssh-rsa AAAA… comment`) or an RSA public key in PEM, the two forms that Studio takes
 * (how-to-create-attach-compute-studio, 2021-10-21).
 */
export function readSshKey(text: string): SshKey {
  const key = text.trim();
  const problem = (name: SshKeyProblem): SshKey => ({ kind: "problem", problem: name });
  if (key === "") return problem("missing");
  if (holdsPrivateKey(key)) return problem("privateKey");
  if (key.length > longestKey) return problem("notAKey");
  if (key.startsWith("-----BEGIN")) return readPem(key);
  if (/[\r\n]/.test(key)) {
    const lines = key.split(/[\r\n]+/);
    return problem(lines.every((line) => keyTypes.test(line.split(" ", 1)[0] ?? "")) ? "severalKeys" : "notAKey");
  }
  const [type = "", body = "", ...comment] = key.split(/[ \t]+/);
  if (!keyTypes.test(type)) return problem("notAKey");
  const bytes = decodeBase64(body);
  if (bytes === undefined) return problem("broken");
  return readBlob(type, bytes, comment.join(" ")) ?? problem("broken");
}

/** PEM (`BEGIN … PRIVATE KEY`) and PuTTY's form. */
export function holdsPrivateKey(text: string): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|^PuTTY-User-Key-File-\d/m.test(text);
}

/** RFC 4253 6.6: length-prefixed fields, the first repeats the type; RSA goes on with exponent and modulus. */
function readBlob(type: string, bytes: readonly number[], comment: string): SshKey | undefined {
  const fields = readFields(bytes);
  if (fields === undefined || fields.length < 2) return undefined;
  const [name = []] = fields;
  if (String.fromCharCode(...name) !== type) return undefined;
  if (type !== "ssh-rsa") return { kind: "key", type, comment };
  const modulus = fields[2];
  return fields.length === 3 && modulus !== undefined
    ? { kind: "key", type, bits: bitLength(modulus), comment }
    : undefined;
}

function readFields(bytes: readonly number[]): number[][] | undefined {
  const fields: number[][] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const length = bytes.slice(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
    at += 4;
    if (at + length > bytes.length) return undefined;
    fields.push(bytes.slice(at, at + length));
    at += length;
  }
  return fields;
}

function bitLength(bytes: readonly number[]): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  const lead = bytes[first];
  return lead === undefined ? 0 : (bytes.length - first - 1) * 8 + (32 - Math.clz32(lead));
}

function readPem(text: string): SshKey {
  const problem = (name: SshKeyProblem): SshKey => ({ kind: "problem", problem: name });
  if ((text.match(/-----BEGIN/g) ?? []).length > 1) return problem("severalKeys");
  const found = /^-----BEGIN ((?:RSA )?PUBLIC KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----$/.exec(text);
  if (found === null) return problem("notAKey");
  const bytes = decodeBase64((found[2] ?? "").replaceAll(/\s+/g, ""));
  // DER: both forms are one SEQUENCE (tag 0x30).
  return bytes?.[0] === 0x30 ? { kind: "key", type: "pem", comment: "" } : problem("broken");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Neither Node's nor the browser's decoder refuses everything that is no base64. @returns undefined when it is none. */
function decodeBase64(text: string): number[] | undefined {
  if (text === "" || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text.replaceAll("=", "")) {
    held = ((held << 6) | alphabet.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return bytes;
}
