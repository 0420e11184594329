import { describe, expect, it } from "vitest";
import { readSshKey } from "../../../src/core/sshKey";
import { sshKeys } from "../../support/sshKeys";

const { rsa2048, rsa1024, ed25519, pem, rsaPem } = sshKeys;
const [type = "", body = ""] = rsa2048.split(" ");

describe("a public key", () => {
  it.each([
    ["an RSA line", rsa2048, { type: "ssh-rsa", bits: 2048, comment: "anna@laptop" }],
    ["a shorter RSA line", rsa1024, { type: "ssh-rsa", bits: 1024, comment: "weak" }],
    ["a line without comment", `${type} ${body}`, { type: "ssh-rsa", bits: 2048, comment: "" }],
    ["a line with a comment of several words", `${type} ${body} my key`, { type: "ssh-rsa", comment: "my key" }],
    ["a line with blanks and a line end around it", `  ${rsa2048}\r\n`, { type: "ssh-rsa", bits: 2048 }],
    ["an Ed25519 line", ed25519, { type: "ssh-ed25519", comment: "ed" }],
    ["a PEM key", pem, { type: "pem" }],
    ["an RSA PEM key", `${rsaPem}\n`, { type: "pem" }],
    ["a PEM key with Windows line ends", pem.replaceAll("\n", "\r\n"), { type: "pem" }],
  ])("is read from %s", (_, text, expected) => {
    expect(readSshKey(text)).toMatchObject({ kind: "key", ...expected });
  });

  it.each([
    ["nothing", "", "missing"],
    ["blanks", " \n ", "missing"],
    [
      "an OpenSSH private key",
      "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----",
      "privateKey",
    ],
    ["an RSA private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "privateKey"],
    ["an encrypted private key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE", "privateKey"],
    ["a PuTTY private key", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none", "privateKey"],
    ["a private key below its public one", `${rsa2048}\n-----BEGIN PRIVATE KEY-----`, "privateKey"],
    ["two lines", `${rsa2048}\n${ed25519}`, "severalKeys"],
    ["two PEM keys", `${pem}\n${pem}`, "severalKeys"],
    ["a key broken by a line end", rsa2048.replace("AAAA", "AA\nAA"), "notAKey"],
    ["words", "my key", "notAKey"],
    ["a key with options before it", `command="rm -rf /" ${rsa2048}`, "notAKey"],
    ["a type in capitals", rsa2048.replace("ssh-rsa", "SSH-RSA"), "notAKey"],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", "notAKey"],
    ["a PEM key with unequal ends", pem.replace("END PUBLIC", "END RSA PUBLIC"), "notAKey"],
    ["a huge text", `ssh-rsa ${"A".repeat(20_000)}`, "notAKey"],
    ["a type alone", "ssh-rsa", "broken"],
    ["a line that was cut off", rsa2048.slice(0, 200), "broken"],
    ["a body that is no base64", "ssh-rsa AAAA!!!!", "broken"],
    ["a body of another type", `ssh-rsa ${ed25519.split(" ")[1] ?? ""}`, "broken"],
    ["a body under another type", `ssh-ed25519 ${body}`, "broken"],
    ["a PEM key without content", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "broken"],
  ])("is not read from %s", (_, text, problem) => {
    expect(readSshKey(text)).toEqual({ kind: "problem", problem });
  });

  it("loses any of its letters only to be refused or read as shorter", () => {
    for (let at = 8; at < 8 + body.length; at += 7) {
      const cut = rsa2048.slice(0, at) + rsa2048.slice(at + 4);
      const key = readSshKey(cut);
      expect(key.kind === "problem" || key.bits !== 2048, `cut at ${at}`).toBe(true);
    }
  });
});
