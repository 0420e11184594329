// @ts-check
// What a VS Code that we start finds in its profile: calm settings, and a display language.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Nothing that moves, greets, advertises, updates itself or reports home. */
const calm = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "extensions.ignoreRecommendations": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "git.openRepositoryInParentFolders": "never",
  "window.commandCenter": true,
};

/** Names of VS Code 1.139. @type {Record<string, string>} */
const themes = {
  dark: "Dark Modern",
  light: "Light Modern",
  "hc-dark": "Default High Contrast",
  "hc-light": "Default High Contrast Light",
};

/** The names that `--theme` takes. */
export const themeNames = Object.keys(themes);

/**
 * Writes the user settings. Those of an earlier run stay where we have no opinion.
 * @param {string} userData VS Code's --user-data-dir.
 * @param {{ theme?: string | undefined, settings?: Record<string, unknown> }} options `theme`: one of `themeNames`.
 */
export async function writeSettings(userData, { theme, settings = {} }) {
  const file = join(userData, "User/settings.json");
  const before = await readFile(file, "utf8").then(JSON.parse, () => ({}));
  const colors = theme ? { "workbench.colorTheme": themes[theme], "window.autoDetectColorScheme": false } : {};
  await mkdir(join(userData, "User"), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...before, ...calm, ...colors, ...settings }, null, 2)}\n`);
}

/**
 * Makes `--locale` work without a language pack: npm has none. VS Code's own texts stay English, extensions use their
 * translations.
 * @param {string} userData @param {string} extensions @param {string} locale
 */
export async function writeLanguagePack(userData, extensions, locale) {
  const folder = join(extensions, `stand-in.language-${locale}-0.0.1`);
  const translations = join(folder, "translations/main.i18n.json");
  const localizations = [
    {
      languageId: locale,
      languageName: locale,
      translations: [{ id: "vscode", path: "./translations/main.i18n.json" }],
    },
  ];
  const manifest = {
    name: `language-${locale}`,
    publisher: "stand-in",
    version: "0.0.1",
    engines: { vscode: "*" },
    contributes: { localizations },
  };
  const pack = {
    hash: "1",
    extensions: [{ extensionIdentifier: { id: `stand-in.language-${locale}` }, version: "0.0.1" }],
    translations: { vscode: translations },
    label: locale,
  };
  await mkdir(join(folder, "translations"), { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(translations, JSON.stringify({ version: "1.0.0", contents: {} }));
  await writeFile(join(userData, "languagepacks.json"), JSON.stringify({ [locale]: pack }));
}
