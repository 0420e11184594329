import * as vscode from "vscode";
import { type AzureMlError } from "../../core/errors";
import { errorText } from "../errorText";

/** Offers to sign in again; resolves when the person presses the button or closes the message. */
export async function offerSignIn(tenant: string | undefined, error: AzureMlError): Promise<boolean> {
  const signIn = vscode.l10n.t("Sign in");
  const tried =
    tenant === undefined
      ? vscode.l10n.t("Azure wants your sign-in again.")
      : vscode.l10n.t("{0} wants your sign-in again.", tenant);
  return (await vscode.window.showWarningMessage(errorText(error, tried), signIn)) === signIn;
}

/** Shows what to type where; the sign-in goes on by itself once that is done. */
export function showDeviceCode({ userCode, verificationUri }: { userCode: string; verificationUri: string }): void {
  const open = vscode.l10n.t("Copy the code and open the page");
  const text = vscode.l10n.t("To sign in, open {0} in any browser and type the code {1}.", verificationUri, userCode);
  void vscode.window.showInformationMessage(text, open).then(async (pressed) => {
    if (pressed !== open) return;
    await vscode.env.clipboard.writeText(userCode);
    await vscode.env.openExternal(vscode.Uri.parse(verificationUri, true));
  });
}

/** Which way to sign in answered, and why those before it did not. */
export function tellAutomatic(
  label: string,
  attempts: readonly { readonly name: string; readonly reason: string }[],
): void {
  const others = attempts.map(({ name, reason }) => `${name}: ${reason}`).join(" ");
  const text =
    others === ""
      ? vscode.l10n.t("Signed in as {0}.", label)
      : vscode.l10n.t("Signed in as {0}. Tried before: {1}", label, others);
  void vscode.window.showInformationMessage(text);
}
