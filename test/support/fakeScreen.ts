import { EventEmitter, QuickInputButtons, type Uri } from "./fakeVscodeTypes";

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
  readonly picked?: boolean;
}

/** A list to choose from, open on the screen. */
export class ShownPick extends QuickInput {
  items: readonly PickItem[] = [];
  selectedItems: readonly PickItem[] = [];
  matchOnDescription = false;
  matchOnDetail = false;
  canSelectMany = false;

  get labels(): readonly string[] {
    return this.items.map((item) => item.label);
  }

  /** Accepts the lines that are ticked, where several may be. */
  accept(): void {
    this.accepted.fire();
  }

  /** Takes a ticked line out. */
  untick(label: string): void {
    this.selectedItems = this.selectedItems.filter((item) => item.label !== label);
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

export class FakeStatusItem {
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
  badge: { value: number; tooltip: string } | undefined;
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
  visible = true;
  readonly viewStateChanged = new EventEmitter<void>();
  readonly onDidChangeViewState = this.viewStateChanged.event;
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
  /** Views that were brought to the front. */
  focused: string[] = [];
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
  /** Where the person will save the next file; undefined: they give up. */
  saveTo: Uri | undefined;
  readonly configurationChanged = new EventEmitter<{ affectsConfiguration(key: string): boolean }>();
  readonly sessionsChanged = new EventEmitter<{ provider: { id: string } }>();
  readonly windowStateChanged = new EventEmitter<{ focused: boolean }>();
  windowState = { focused: true, active: true };

  reset(): void {
    this.panels = [];
    this.focused = [];
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
    this.saveTo = undefined;
    this.configurationChanged.dispose();
    this.sessionsChanged.dispose();
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
