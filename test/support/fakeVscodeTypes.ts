/** Values and little classes of the `vscode` module, for fakeVscode.ts. */

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

/** Bits, as a link to a file is both. */
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;

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

export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 } as const;
