import * as vscode from "vscode";
import { AzureMlError, asAzureMlError, isAbort } from "../core/errors";
import { type Logger } from "../app/ports";
import { type CommandId } from "./contributions";
import { errorText } from "./errorText";
import { quotaHelpUrl } from "./links";

/** Something that a person asked for did not work out: says what, and keeps why in `cause`. */
export class FailedAction extends Error {
  override readonly name = "FailedAction";

  /** @param tried one sentence in the display language: "gpu-train could not be scaled." */
  constructor(tried: string, cause: unknown) {
    super(tried, { cause });
  }
}

/** Runs an action whose failure is to be told with what was tried. */
export async function tryTo<T>(tried: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw isAbort(error) ? error : new FailedAction(tried, error);
  }
}

interface Button {
  readonly label: string;
  readonly press: () => unknown;
}

/** Tells a failure: one log line, one message with the buttons that help. Somebody's own giving up is told nowhere. */
export async function report(error: unknown, log: Logger): Promise<void> {
  if (isAbort(error)) return;
  const tried = error instanceof FailedAction ? error.message : undefined;
  const cause = error instanceof FailedAction ? error.cause : error;
  const failure = asAzureMlError(cause);
  log.error([tried, failure.code ?? failure.kind, failure.message, requestNote(failure)].filter(Boolean).join(" "));
  if (!(cause instanceof AzureMlError) && cause instanceof Error && cause.stack !== undefined) log.debug(cause.stack);
  const buttons = buttonsFor(failure);
  const pressed = await vscode.window.showErrorMessage(
    errorText(failure, tried),
    ...buttons.map((button) => button.label),
  );
  await buttons.find((button) => button.label === pressed)?.press();
}

function requestNote({ requestId }: AzureMlError): string {
  return requestId === undefined ? "" : `(request ${requestId})`;
}

function buttonsFor(error: AzureMlError): readonly Button[] {
  const { requestId } = error;
  const signIn = { label: vscode.l10n.t("Sign in"), press: () => signInFor(error) };
  const quota = {
    label: vscode.l10n.t("Request quota"),
    press: () => vscode.env.openExternal(vscode.Uri.parse(quotaHelpUrl)),
  };
  const showLog = { label: vscode.l10n.t("Show log"), press: () => run("amlClusters.showLog") };
  return [
    ...(error.kind === "notSignedIn" ? [signIn] : []),
    ...(error.kind === "quotaExceeded" ? [quota] : []),
    showLog,
    ...(requestId === undefined
      ? []
      : [{ label: vscode.l10n.t("Copy request id"), press: () => vscode.env.clipboard.writeText(requestId) }]),
  ];
}

/** To the tenant that wants it; without one, a new session. */
function signInFor({ tenantId }: AzureMlError): Thenable<unknown> {
  return tenantId === undefined
    ? run("amlClusters.signIn")
    : vscode.commands.executeCommand("amlClusters.signInToTenant" satisfies CommandId, tenantId);
}

function run(command: CommandId): Thenable<unknown> {
  return vscode.commands.executeCommand(command);
}
