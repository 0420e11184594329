import { generateKeyPair } from "node:crypto";
import { chmod, open, readFile, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { readSshKey } from "../../core/sshKey";

/** RSA, as Azure ML's documentation names no other kind; 3072 bits as ssh-keygen's own default. */
const bits = 3_072;

/**
 * Makes a key pair. The private key goes into a file of the person's choice, readable for them alone, and nowhere else.
 * @returns undefined when they chose no file.
 */
export async function makeSshKey(): Promise<{ publicKey: string; file: string } | undefined> {
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Save the Private Key"),
    saveLabel: vscode.l10n.t("Make the key pair"),
    defaultUri: vscode.Uri.file(join(homedir(), ".ssh", "azureml-cluster")),
  });
  if (target === undefined) return undefined;
  if (target.scheme !== "file") throw new Error(vscode.l10n.t("Choose a file on this computer for the private key."));
  const { privateKey, publicKey } = await newKeyPair("azureml-cluster");
  await writePrivate(target.fsPath, privateKey);
  return { publicKey, file: target.fsPath };
}

/** An existing file is replaced: the dialog has asked. Its mode is set before there is something to read in it. */
async function writePrivate(path: string, privateKey: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await chmod(path, 0o600);
    await file.writeFile(privateKey);
  } finally {
    await file.close();
  }
}

/** A pair as OpenSSH has it: PEM (PKCS#1) and one `ssh-rsa` line. */
export async function newKeyPair(comment: string): Promise<{ privateKey: string; publicKey: string }> {
  const pair = await promisify(generateKeyPair)("rsa", { modulusLength: bits });
  const { n = "", e = "" } = pair.publicKey.export({ format: "jwk" });
  const fields = [Buffer.from("ssh-rsa"), positive(e), positive(n)];
  const blob = Buffer.concat(fields.flatMap((field) => [length(field), field]));
  return {
    privateKey: pair.privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    publicKey: `ssh-rsa ${blob.toString("base64")} ${comment}`,
  };
}

/** RFC 4251 `mpint`: a leading zero keeps a number with its highest bit set from being negative. */
function positive(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, "base64url");
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

function length(field: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(field.length);
  return bytes;
}

/** Bytes; the longest public key has some 3,000. */
const largestKey = 20_000;

/** Lets the person choose one of the public keys in their home folder's `.ssh`. @returns undefined when they chose none. */
export async function pickSshKey(folder = join(homedir(), ".ssh")): Promise<{ publicKey: string } | undefined> {
  const keys = await publicKeys(folder);
  if (keys.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no public key (*.pub) in {0}. Make a key pair, or paste a key.", folder),
    );
    return undefined;
  }
  const items = keys.map(({ file, type, comment, text }) => ({ label: file, description: `${type} ${comment}`, text }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Choose a Public Key"),
    placeHolder: folder,
  });
  return chosen === undefined ? undefined : { publicKey: chosen.text };
}

async function publicKeys(
  folder: string,
): Promise<readonly { file: string; type: string; comment: string; text: string }[]> {
  const files = await readdir(folder).catch((): string[] => []);
  const keys = await Promise.all(
    files
      .filter((file) => file.endsWith(".pub"))
      .map(async (file) => {
        const text = await readFile(join(folder, file), "utf8").catch(() => "");
        const key = text.length > largestKey ? undefined : readSshKey(text);
        return key?.kind === "key" ? [{ file, type: key.type, comment: key.comment, text: text.trim() }] : [];
      }),
  );
  return keys.flat();
}
