/**
 * Stands in for the `vscode` module in unit tests: small, but it keeps what a person would see (`screen`) and lets a test
 * act as that person. What a test does not need is not here, so that using it fails by name.
 */

type Listener<T> = (value: T) => unknown;

export class Disposable {
  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => parts.forEach((part) => part.dispose()));
  }

  constructor(private readonly whenDisposed: () => unknown) {}

  dispose(): void {
    this.whenDisposed();
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    const own: Listener<T> = (value) => listener(value);
    this.#listeners.add(own);
    return new Disposable(() => this.#listeners.delete(own));
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;
export const ViewColumn = { Active: -1, One: 1 } as const;
export const StatusBarAlignment = { Left: 1, Right: 2 } as const;
export const QuickInputButtons = { Back: { iconPath: "back" } };

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class FileDecoration {
  constructor(
    readonly badge?: string,
    readonly tooltip?: string,
    readonly color?: ThemeColor,
  ) {}
}

export class TreeItem {
  id?: string;
  description?: string;
  iconPath?: ThemeIcon;
  contextValue?: string;
  tooltip?: MarkdownString | string;
  command?: { command: string; title: string; arguments?: unknown[] };
  accessibilityInformation?: { label: string };
  resourceUri?: Uri;

  constructor(
    readonly label: string,
    readonly collapsibleState: number = TreeItemCollapsibleState.None,
  ) {}
}

export class MarkdownString {
  isTrusted = false;

  constructor(
    readonly value = "",
    readonly supportThemeIcons = false,
  ) {}
}

interface UriParts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
}

export class Uri {
  static from(parts: UriParts): Uri {
    return new Uri(parts.scheme, parts.authority ?? "", parts.path, parts.query ?? "", parts.fragment ?? "");
  }

  static file(path: string): Uri {
    return Uri.from({ scheme: "file", path });
  }

  static parse(text: string): Uri {
    const url = new URL(text);
    const decoded = (part: string): string => decodeURIComponent(part);
    return Uri.from({
      scheme: url.protocol.slice(0, -1),
      authority: url.host,
      path: decoded(url.pathname),
      query: decoded(url.search.slice(1)),
      fragment: decoded(url.hash.slice(1)),
    });
  }

  static joinPath(base: Uri, ...names: readonly string[]): Uri {
    return base.with({ path: [base.path.replace(/\/$/, ""), ...names].join("/") });
  }

  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
    readonly query: string,
    readonly fragment: string,
  ) {}

  get fsPath(): string {
    return this.path;
  }

  with(change: Partial<UriParts>): Uri {
    return Uri.from({
      scheme: this.scheme,
      authority: this.authority,
      path: this.path,
      query: this.query,
      fragment: this.fragment,
      ...change,
    });
  }

  toString(): string {
    const query = this.query === "" ? "" : `?${this.query}`;
    const fragment = this.fragment === "" ? "" : `#${this.fragment}`;
    return `${this.scheme}://${this.authority}${this.path}${query}${fragment}`;
  }
}

export interface ShownMessage {
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
  readonly buttons: readonly string[];
  readonly modal: boolean;
  readonly detail?: string | undefined;
}

class QuickInput {
  title = "";
  placeholder = "";
  busy = false;
  ignoreFocusOut = false;
  step = 0;
  totalSteps = 0;
  buttons: readonly unknown[] = [];
  isShown = false;
  readonly accepted = new EventEmitter<void>();
  readonly hidden = new EventEmitter<void>();
  readonly buttonPressed = new EventEmitter<unknown>();
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidTriggerButton = this.buttonPressed.event;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.hidden.fire();
  }

  dispose(): void {
    this.hide();
  }
}

export interface PickItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** A list to choose from, open on the screen. */
export class ShownPick extends QuickInput {
  items: readonly PickItem[] = [];
  selectedItems: readonly PickItem[] = [];
  matchOnDescription = false;
  matchOnDetail = false;

  get labels(): readonly string[] {
    return this.items.map((item) => item.label);
  }

  /** Chooses the line that has that label (and, where several have, that description). */
  choose(label: string, description?: string): void {
    const item = this.items.find(
      (candidate) => candidate.label === label && (description === undefined || candidate.description === description),
    );
    if (item === undefined) throw new Error(`No line "${label}" among: ${this.labels.join(", ")}`);
    this.selectedItems = [item];
    this.accepted.fire();
  }
}

/** A line to type into, open on the screen. */
export class ShownInput extends QuickInput {
  prompt: string | undefined;
  validationMessage: string | undefined;
  readonly typed = new EventEmitter<string>();
  readonly onDidChangeValue = this.typed.event;
  #value = "";

  get value(): string {
    return this.#value;
  }

  set value(text: string) {
    this.#value = text;
  }

  type(text: string): void {
    this.#value = text;
    this.typed.fire(text);
  }

  enter(text?: string): void {
    if (text !== undefined) this.type(text);
    this.accepted.fire();
  }

  back(): void {
    this.buttonPressed.fire(QuickInputButtons.Back);
  }
}

class FakeStatusItem {
  name = "";
  text = "";
  tooltip: unknown;
  command: unknown;
  accessibilityInformation: unknown;
  isShown = false;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
  }

  dispose(): void {
    this.isShown = false;
  }
}

export class FakeTreeView<T> {
  description = "";
  message = "";
  selection: T[] = [];
  visible = true;
  readonly revealed: T[] = [];
  readonly expanded = new EventEmitter<{ element: T }>();
  readonly collapsed = new EventEmitter<{ element: T }>();
  readonly visibilityChanged = new EventEmitter<{ visible: boolean }>();
  readonly onDidExpandElement = this.expanded.event;
  readonly onDidCollapseElement = this.collapsed.event;
  readonly onDidChangeVisibility = this.visibilityChanged.event;

  constructor(
    readonly provider: { getChildren(element?: T): T[] | Promise<T[]>; getParent?(element: T): T | undefined },
  ) {}

  /** Like VS Code: only what the provider itself lists below its parent can be revealed. */
  async reveal(element: T): Promise<void> {
    const parent = this.provider.getParent?.(element);
    if (parent !== undefined) await this.reveal(parent);
    const siblings = await this.provider.getChildren(parent);
    if (!siblings.includes(element)) throw new Error("TreeError: cannot resolve tree item for element");
    if (parent === undefined || this.revealed.at(-1) === parent) this.revealed.push(element);
    this.selection = [element];
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.visibilityChanged.fire({ visible });
  }

  dispose(): void {
    this.visible = false;
  }
}

export class FakeWebviewPanel {
  iconPath: unknown;
  isRevealed = true;
  readonly posted: unknown[] = [];
  readonly received = new EventEmitter<unknown>();
  readonly disposed = new EventEmitter<void>();
  readonly onDidDispose = this.disposed.event;
  readonly webview = {
    html: "",
    options: {} as unknown,
    cspSource: "https://fake.vscode-cdn.net",
    onDidReceiveMessage: this.received.event,
    asWebviewUri: (uri: Uri) => uri,
    postMessage: (message: unknown) => Promise.resolve(this.posted.push(message) > 0),
  };

  constructor(
    readonly viewType: string,
    public title: string,
  ) {}

  reveal(): void {
    this.isRevealed = true;
  }

  dispose(): void {
    this.disposed.fire();
  }
}

class Screen {
  panels: FakeWebviewPanel[] = [];
  messages: ShownMessage[] = [];
  /** Buttons that the person will press, in order; when empty, messages are dismissed. */
  presses: (string | undefined)[] = [];
  passing: string[] = [];
  picks: ShownPick[] = [];
  inputs: ShownInput[] = [];
  statusItems: FakeStatusItem[] = [];
  treeViews: FakeTreeView<never>[] = [];
  logLines: string[] = [];
  clipboard = "";
  opened: string[] = [];
  contexts = new Map<string, unknown>();
  settings = new Map<string, unknown>();
  settingDefaults = new Map<string, unknown>();
  commands = new Map<string, (...args: unknown[]) => unknown>();
  files = new Map<string, Uint8Array>();
  readonly configurationChanged = new EventEmitter<{ affectsConfiguration(key: string): boolean }>();
  readonly windowStateChanged = new EventEmitter<{ focused: boolean }>();
  windowState = { focused: true, active: true };

  reset(): void {
    this.panels = [];
    this.messages = [];
    this.presses = [];
    this.passing = [];
    this.picks = [];
    this.inputs = [];
    this.statusItems = [];
    this.treeViews = [];
    this.logLines = [];
    this.clipboard = "";
    this.opened = [];
    this.contexts.clear();
    this.settings.clear();
    this.settingDefaults.clear();
    this.commands.clear();
    this.files.clear();
    this.configurationChanged.dispose();
    this.windowStateChanged.dispose();
    this.windowState = { focused: true, active: true };
  }

  /** The list that is open now. */
  get pick(): ShownPick {
    return lastShown(this.picks, "list");
  }

  /** The line to type into that is open now. */
  get input(): ShownInput {
    return lastShown(this.inputs, "input line");
  }

  run(command: string, ...args: unknown[]): Promise<unknown> {
    const handler = this.commands.get(command);
    if (handler === undefined) throw new Error(`command '${command}' not found`);
    return Promise.resolve(handler(...args));
  }

  set(setting: string, value: unknown): void {
    this.settings.set(setting, value);
    this.configurationChanged.fire({ affectsConfiguration: (key) => key === setting });
  }

  focusWindow(focused: boolean): void {
    this.windowState = { focused, active: focused };
    this.windowStateChanged.fire(this.windowState);
  }

  show(severity: ShownMessage["severity"], text: string, rest: readonly unknown[]): Promise<string | undefined> {
    const options = rest.find((part) => typeof part === "object") as { modal?: boolean; detail?: string } | undefined;
    const buttons = rest.filter((part): part is string => typeof part === "string");
    this.messages.push({ severity, text, buttons, modal: options?.modal ?? false, detail: options?.detail });
    return Promise.resolve(this.presses.shift());
  }
}

function lastShown<T extends QuickInput>(all: readonly T[], what: string): T {
  const last = all.filter((input) => input.isShown).at(-1);
  if (last === undefined) throw new Error(`No ${what} is open.`);
  return last;
}

export const screen = new Screen();

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
  showQuickPick<T extends PickItem>(items: readonly T[], options?: { placeHolder?: string }): Promise<T | undefined> {
    const pick = window.createQuickPick();
    pick.items = items;
    pick.placeholder = options?.placeHolder ?? "";
    return new Promise((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0] as T);
        pick.hide();
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  },
  showInformationMessage: (text: string, ...rest: unknown[]) => screen.show("info", text, rest),
  showWarningMessage: (text: string, ...rest: unknown[]) => screen.show("warning", text, rest),
  showErrorMessage: (text: string, ...rest: unknown[]) => screen.show("error", text, rest),
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

export const commands = {
  registerCommand(id: string, handler: (...args: unknown[]) => unknown): Disposable {
    if (screen.commands.has(id)) throw new Error(`command '${id}' already exists`);
    screen.commands.set(id, handler);
    return new Disposable(() => screen.commands.delete(id));
  },
  async executeCommand(id: string, ...args: unknown[]): Promise<unknown> {
    if (id === "setContext") return void screen.contexts.set(String(args[0]), args[1]);
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
export const authentication: Record<string, unknown> = {};

export const l10n = {
  bundle: undefined as Record<string, string> | undefined,
  t: (text: string, ...args: readonly unknown[]) =>
    text.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
};

/** VS Code's little storage, in memory. */
export class FakeMemento {
  readonly stored = new Map<string, unknown>();

  get<T>(key: string): T | undefined {
    return this.stored.get(key) as T | undefined;
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
