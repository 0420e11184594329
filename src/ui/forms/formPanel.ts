import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { formHtml } from "./formHtml";

/** What all panels of one form have in common. */
export interface FormKind {
  readonly viewType: string;
  /** The bundle's name under dist/webview. */
  readonly bundle: string;
  /** `<icon>-light.svg` and `<icon>-dark.svg` under media. */
  readonly icon: string;
}

export function createFormPanel(kind: FormKind, title: string, extensionUri: vscode.Uri): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(kind.viewType, title, vscode.ViewColumn.Active);
  drawForm(panel, kind, title, extensionUri);
  return panel;
}

/** Draws the form into a panel, new or restored. Its context is not retained when hidden: the form asks afresh when shown. */
export function drawForm(panel: vscode.WebviewPanel, kind: FormKind, title: string, extensionUri: vscode.Uri): void {
  const folder = vscode.Uri.joinPath(extensionUri, "dist", "webview");
  const media = (file: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, "media", file);
  const file = (name: string): string => panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  panel.title = title;
  panel.iconPath = { light: media(`${kind.icon}-light.svg`), dark: media(`${kind.icon}-dark.svg`) };
  panel.webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [folder] };
  panel.webview.html = formHtml({
    cspSource: panel.webview.cspSource,
    script: file(`${kind.bundle}.js`),
    style: file(`${kind.bundle}.css`),
    nonce: randomBytes(16).toString("hex"),
    lang: vscode.env.language,
    title,
  });
}
