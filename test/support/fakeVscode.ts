/**
 * Stands in for the `vscode` module in unit tests: small, but it keeps what a person would see (`screen`) and lets a test
 * act as that person. What a test does not need is not here, so that using it fails by name.
 */

import {
  FakeStatusItem,
  FakeTreeView,
  FakeWebviewPanel,
  type PickItem,
  ShownInput,
  ShownPick,
  screen,
} from "./fakeScreen";
import { Disposable, type Uri } from "./fakeVscodeTypes";

export * from "./fakeVscodeTypes";
export { FakeTreeView, screen } from "./fakeScreen";

export const window = {
  get state() {
    return screen.windowState;
  },
  onDidChangeWindowState: screen.windowStateChanged.event,
  createTreeView(_id: string, options: { treeDataProvider: FakeTreeView<never>["provider"] }) {
    const view = new FakeTreeView(options.treeDataProvider);
    screen.treeViews.push(view);
    return view;
  },
  createOutputChannel() {
    const line = (level: string) => (text: string) => void screen.logLines.push(`${level} ${text}`);
    return {
      debug: line("debug"),
      info: line("info"),
      warn: line("warn"),
      error: line("error"),
      show: () => undefined,
      dispose: () => undefined,
    };
  },
  createStatusBarItem() {
    const item = new FakeStatusItem();
    screen.statusItems.push(item);
    return item;
  },
  createQuickPick() {
    const pick = new ShownPick();
    screen.picks.push(pick);
    return pick;
  },
  createInputBox() {
    const input = new ShownInput();
    screen.inputs.push(input);
    return input;
  },
  showQuickPick<T extends PickItem>(
    items: readonly T[],
    options?: { placeHolder?: string; canPickMany?: boolean },
  ): Promise<T | readonly T[] | undefined> {
    const pick = window.createQuickPick();
    pick.items = items;
    pick.canSelectMany = options?.canPickMany === true;
    if (pick.canSelectMany) pick.selectedItems = items.filter((item) => item.picked === true);
    pick.placeholder = options?.placeHolder ?? "";
    return new Promise((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.canSelectMany ? (pick.selectedItems as readonly T[]) : (pick.selectedItems[0] as T));
        pick.hide();
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  },
  showInformationMessage: (text: string, ...rest: unknown[]) => screen.show("info", text, rest),
  showWarningMessage: (text: string, ...rest: unknown[]) => screen.show("warning", text, rest),
  showErrorMessage: (text: string, ...rest: unknown[]) => screen.show("error", text, rest),
  showSaveDialog: async () => screen.saveTo,
  setStatusBarMessage: (text: string) => {
    screen.passing.push(text);
    return new Disposable(() => undefined);
  },
  registerFileDecorationProvider: () => new Disposable(() => undefined),
  registerWebviewPanelSerializer: () => new Disposable(() => undefined),
  createWebviewPanel(viewType: string, title: string) {
    const panel = new FakeWebviewPanel(viewType, title);
    screen.panels.push(panel);
    return panel;
  },
};

export const version = "1.105.0";

export const commands = {
  registerCommand(id: string, handler: (...args: unknown[]) => unknown): Disposable {
    if (screen.commands.has(id)) throw new Error(`command '${id}' already exists`);
    screen.commands.set(id, handler);
    return new Disposable(() => screen.commands.delete(id));
  },
  async executeCommand(id: string, ...args: unknown[]): Promise<unknown> {
    if (id === "setContext") return void screen.contexts.set(String(args[0]), args[1]);
    if (id.endsWith(".focus")) return void screen.focused.push(id);
    return screen.run(id, ...args);
  },
};

function fileAt(uri: Uri): Uint8Array {
  const bytes = screen.files.get(uri.path);
  if (bytes === undefined) throw new Error(`EntryNotFound: ${uri.path}`);
  return bytes;
}

export const workspace = {
  onDidChangeConfiguration: screen.configurationChanged.event,
  getConfiguration: () => ({
    get: (key: string) => screen.settings.get(key) ?? screen.settingDefaults.get(key),
    update: async (key: string, value: unknown) => void screen.settings.set(key, value),
    inspect: (key: string) => ({ key, defaultValue: screen.settingDefaults.get(key) }),
  }),
  fs: {
    readFile: async (uri: Uri) => fileAt(uri),
    writeFile: async (uri: Uri, bytes: Uint8Array) => void screen.files.set(uri.path, bytes),
    createDirectory: async () => undefined,
    rename: async (from: Uri, to: Uri) => {
      screen.files.set(to.path, fileAt(from));
      screen.files.delete(from.path);
    },
  },
};

export const env = {
  language: "en",
  clipboard: { writeText: async (text: string) => void (screen.clipboard = text) },
  openExternal: async (uri: Uri) => {
    screen.opened.push(uri.toString());
    return true;
  },
};

/** Tests of signing in put their own accounts here. */
export const authentication: Record<string, unknown> = {
  getAccounts: async () => [],
  onDidChangeSessions: screen.sessionsChanged.event,
};

export const l10n = {
  bundle: undefined as Record<string, string> | undefined,
  t: (text: string, ...args: readonly unknown[]) =>
    text.replaceAll(/\{(\d+)\}/g, (whole, index: string) =>
      args[Number(index)] === undefined ? whole : (args[Number(index)] as string),
    ),
};

/** VS Code's little storage, in memory. */
export class FakeMemento {
  readonly stored = new Map<string, unknown>();

  get(key: string): unknown {
    return this.stored.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.stored.delete(key);
    else this.stored.set(key, value);
    return Promise.resolve();
  }

  keys(): readonly string[] {
    return [...this.stored.keys()];
  }
}
