import * as vscode from "vscode";

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface ChooseOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  /** Tells the choices, and more of them as they come; ends when there are no more. */
  readonly load: (show: (choices: readonly Choice<T>[]) => void) => Promise<void>;
  /** Said in place of the list when there is nothing to choose. */
  readonly nothing: string;
}

/** Asks with a list that may still be filling. @returns undefined when the person gives up. */
export async function choose<T>(options: ChooseOptions<T>): Promise<T | undefined> {
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value?: T }>();
  picker.title = options.title;
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.busy = true;
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      let closed = false;
      picker.onDidAccept(() => {
        const [chosen] = picker.selectedItems;
        // The line that says "nothing" is no choice.
        if (chosen && "value" in chosen) resolve(chosen.value);
      });
      picker.onDidHide(() => {
        closed = true;
        resolve(undefined);
      });
      picker.show();
      const show = (choices: readonly Choice<T>[]): void => {
        if (!closed) picker.items = choices;
      };
      options.load(show).then(() => {
        if (closed) return;
        picker.busy = false;
        if (picker.items.length === 0) picker.items = [{ label: options.nothing, alwaysShow: true }];
      }, reject);
    });
  } finally {
    picker.dispose();
  }
}
