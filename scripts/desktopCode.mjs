// @ts-check
// The VS Code that is installed on this machine, in a profile of its own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./runCommand.mjs";

/**
 * `code` on PATH, where it can open a window.
 * @returns {string | undefined} undefined without one, without a screen, or where `code` is the command of a remote
 * session, which has no profiles.
 */
export function findDesktopCode(environment = process.env, platform = process.platform) {
  const hasScreen = platform !== "linux" || environment.DISPLAY || environment.WAYLAND_DISPLAY;
  if (!hasScreen) return undefined;
  const name = platform === "win32" ? "code.cmd" : "code";
  const folders = (environment.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder && !folder.includes("remote-cli"));
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Installs the VSIX and opens the folder.
 * @param {{ code: string, profile: import("./vscodeServer.mjs").Profile, vsix: string, folder: string, locale?: string | undefined }} options
 * @returns {Promise<boolean>} whether that VS Code did it.
 */
export async function openDesktopCode({ code, profile, vsix, folder, locale }) {
  const own = ["--user-data-dir", profile.userData, "--extensions-dir", profile.extensions];
  // Electron refuses to run as root with its sandbox on.
  const sandbox = process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const language = locale ? ["--locale", locale] : [];
  const open = [...own, ...sandbox, ...language, "--new-window", "--disable-workspace-trust", folder];
  for (const args of [[...own, ...sandbox, "--install-extension", vsix, "--force"], open]) {
    if ((await runCode(code, args, profile.log)) !== 0) return false;
  }
  return true;
}

/** @param {string} code @param {readonly string[]} args @param {string} log */
async function runCode(code, args, log) {
  if (process.platform !== "win32") return run(code, args, { log });
  // A .cmd file runs only in a shell; each argument is a path of ours or a word.
  const line = [code, ...args].map((arg) => `"${arg}"`).join(" ");
  return spawnSync(line, { shell: true, stdio: "ignore" }).status ?? 1;
}
