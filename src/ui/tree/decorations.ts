import * as vscode from "vscode";
import { type Decoration } from "./row";

const scheme = "aml-clusters";

/** The decoration travels in the row's address, so that nobody has to remember it. */
export function decoratedUri(key: string, decoration: Decoration | undefined): vscode.Uri | undefined {
  if (decoration === undefined) return undefined;
  // An ARM id begins with a slash, and a path with two is refused.
  const path = `/${key.replace(/^\/+/, "").replaceAll(/[?#]/g, "/")}`;
  return vscode.Uri.from({ scheme, path, query: decoration });
}

const decorations: Record<Decoration, vscode.FileDecoration> = {
  failed: decoration("list.errorForeground", "!"),
  troubled: decoration("list.warningForeground", "!"),
  stale: decoration("disabledForeground"),
};

function decoration(color: string, badge?: string): vscode.FileDecoration {
  return new vscode.FileDecoration(badge, undefined, new vscode.ThemeColor(color));
}

export function registerDecorations(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) =>
      uri.scheme === scheme && uri.query in decorations ? decorations[uri.query as Decoration] : undefined,
  });
}
