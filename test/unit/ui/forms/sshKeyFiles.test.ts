import { createPrivateKey, createPublicKey } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Uri, window } from "vscode";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sshPublicKey } from "../../../../src/core/preflight/ssh";
import { readSshKey } from "../../../../src/core/sshKey";
import { makeSshKey, newKeyPair, pickSshKey } from "../../../../src/ui/forms/sshKeyFiles";
import { screen } from "../../../support/fakeScreen";
import { sshKeys } from "../../../support/sshKeys";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "keys-"));
  screen.reset();
});
afterEach(() => rm(folder, { recursive: true }));

describe("a key pair", () => {
  it("is an RSA pair whose public half our own rules accept", async () => {
    const { privateKey, publicKey } = await newKeyPair("azureml-cluster");
    expect(readSshKey(publicKey)).toMatchObject({
      kind: "key",
      type: "ssh-rsa",
      bits: 3_072,
      comment: "azureml-cluster",
    });
    expect(sshPublicKey(publicKey)).toEqual([]);
    const modulus = createPublicKey(createPrivateKey(privateKey)).export({ format: "jwk" }).n ?? "";
    const blob = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
    expect(blob.includes(Buffer.from(modulus, "base64url"))).toBe(true);
  });

  it("leaves the private half in the chosen file, for its owner alone, also when that was open to all", async () => {
    const path = join(folder, "cluster-key");
    await writeFile(path, "old", { mode: 0o644 });
    Object.assign(window, { showSaveDialog: async () => Uri.file(path) });
    const made = await makeSshKey();
    expect(made?.file).toBe(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(JSON.stringify(made)).not.toContain("PRIVATE");
  });

  it("is not made when no file was chosen, or none of this computer", async () => {
    Object.assign(window, { showSaveDialog: async () => undefined });
    expect(await makeSshKey()).toBeUndefined();
    Object.assign(window, { showSaveDialog: async () => Uri.parse("https://example.com/key") });
    await expect(makeSshKey()).rejects.toThrow("Choose a file on this computer");
  });
});

describe("the keys of the home folder", () => {
  it("are the public ones that can be read; nothing else is offered", async () => {
    await writeFile(join(folder, "id_rsa.pub"), `${sshKeys.rsa2048}\n`);
    await writeFile(join(folder, "id_rsa"), "-----BEGIN RSA PRIVATE KEY-----");
    await writeFile(join(folder, "trap.pub"), "-----BEGIN OPENSSH PRIVATE KEY-----");
    const picking = pickSshKey(folder);
    await expect.poll(() => screen.picks.length).toBe(1);
    const pick = screen.picks[0];
    expect(pick?.items.map(({ label }) => label)).toEqual(["id_rsa.pub"]);
    pick?.choose("id_rsa.pub");
    expect(await picking).toEqual({ publicKey: sshKeys.rsa2048 });
  });

  it("may be none, which is said", async () => {
    expect(await pickSshKey(join(folder, "nowhere"))).toBeUndefined();
    expect(screen.messages.at(-1)?.text).toContain("There is no public key");
  });
});
