// @ts-check
// Where the browser tests find a Chromium, Chrome or Edge.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const namesOnPath = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "microsoft-edge-stable",
  "microsoft-edge",
];

/** Said when there is no browser and none can be installed. */
export const missingChromium =
  "The browser tests need Chromium or Google Chrome: install one, or set CHROMIUM_PATH to its executable.";

/** Flags under which a headless Chromium runs anywhere, also as root in a container, and calls nobody. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The executable of a Chromium-like browser: `CHROMIUM_PATH`, then PATH, then the usual places of each system.
 * @returns {string | undefined} undefined when there is none, also when CHROMIUM_PATH names a file that does not exist.
 */
export function findChromium(environment = process.env, platform = process.platform) {
  const named = environment.CHROMIUM_PATH;
  if (named) return isExecutable(named) ? named : undefined;
  const folders = (environment.PATH ?? "").split(delimiter).filter(Boolean);
  const suffix = platform === "win32" ? ".exe" : "";
  const onPath = namesOnPath.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...onPath, ...usualPlaces(environment, platform)].find(isExecutable);
}

/**
 * `findChromium`, after installing the Debian package where that is possible (Debian or Ubuntu, as root).
 * @param {(line: string) => void} say told before the wait begins.
 */
export function ensureChromium(say) {
  const found = findChromium();
  const canInstall = process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (found !== undefined || process.env.CHROMIUM_PATH || !canInstall) return found;
  say("Installing Chromium with apt-get …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env, stdio: "ignore" });
  return findChromium();
}

/** @param {NodeJS.ProcessEnv} environment @param {NodeJS.Platform} platform */
function usualPlaces(environment, platform) {
  if (platform === "darwin") {
    const apps = ["Google Chrome", "Chromium", "Microsoft Edge"];
    const roots = ["/Applications", join(environment.HOME ?? "/", "Applications")];
    return roots.flatMap((root) => apps.map((app) => `${root}/${app}.app/Contents/MacOS/${app}`));
  }
  if (platform === "win32") {
    const roots = [environment.PROGRAMFILES, environment["PROGRAMFILES(X86)"], environment.LOCALAPPDATA];
    const tails = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
    return roots.flatMap((root) => (root ? tails.map((tail) => `${root}\\${tail}`) : []));
  }
  return ["/usr/bin/chromium", "/opt/google/chrome/chrome", "/snap/bin/chromium"];
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
