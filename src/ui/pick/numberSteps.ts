import * as vscode from "vscode";

export interface NumberStep {
  readonly prompt: string;
  readonly value: number;
  /** What is wrong with the numbers so far, this step's typed one in place; undefined when nothing. */
  readonly check: (numbers: readonly number[]) => string | undefined;
  /** Said while the number is sound, in place of the prompt; for the last step to sum up. */
  readonly summary?: ((numbers: readonly number[]) => string) | undefined;
}

type Answer = "back" | number | undefined;

/** Asks for one number after the other, with a way back. @returns undefined when the person gives up. */
export async function askNumbers(title: string, steps: readonly NumberStep[]): Promise<readonly number[] | undefined> {
  const numbers = steps.map((step) => step.value);
  for (let at = 0; at < steps.length;) {
    const answer = await askNumber(title, steps, at, numbers);
    if (answer === undefined) return undefined;
    if (answer !== "back") numbers[at] = answer;
    at += answer === "back" ? -1 : 1;
  }
  return numbers;
}

function askNumber(
  title: string,
  steps: readonly NumberStep[],
  at: number,
  numbers: readonly number[],
): Promise<Answer> {
  const step = steps[at];
  if (step === undefined) return Promise.resolve(undefined);
  const input = vscode.window.createInputBox();
  input.title = title;
  input.step = at + 1;
  input.totalSteps = steps.length;
  input.value = String(numbers[at] ?? step.value);
  input.buttons = at === 0 ? [] : [vscode.QuickInputButtons.Back];
  // What was typed must survive a look at another window.
  input.ignoreFocusOut = true;
  const typed = (): readonly number[] => numbers.with(at, parseNumber(input.value));
  const validate = (): boolean => {
    const problem = step.check(typed());
    input.validationMessage = problem;
    input.prompt = problem === undefined ? (step.summary?.(typed()) ?? step.prompt) : step.prompt;
    return problem === undefined;
  };
  validate();
  return new Promise<Answer>((resolve) => {
    input.onDidChangeValue(() => validate());
    input.onDidTriggerButton(() => resolve("back"));
    input.onDidAccept(() => {
      if (validate()) resolve(parseNumber(input.value));
    });
    input.onDidHide(() => resolve(undefined));
    input.show();
  }).finally(() => input.dispose());
}

/** NaN for what is no plain decimal number; full-width digits, as Japanese keyboards type them, count. */
export function parseNumber(text: string): number {
  const plain = text.normalize("NFKC").trim();
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}
