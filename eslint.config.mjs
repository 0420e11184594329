import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * Who may import whom (docs/architecture.md). `from` lists what `target` must not touch.
 * Type-only imports cross the lines freely where a layer only describes another's shape.
 */
const folders = ["core", "protocol", "app", "azure", "simulator", "ui"];
const allowed = {
  core: [],
  protocol: ["core"],
  app: ["core"],
  azure: ["core", "app/ports.ts"],
  simulator: [],
  ui: ["core", "protocol", "app"],
};
const zones = folders.map((folder) => ({
  target: `./src/${folder}`,
  from: "./src",
  except: [`./${folder}`, ...allowed[folder].map((name) => `./${name}`)],
  message: `src/${folder} may import only: ${[folder, ...allowed[folder]].join(", ")} (docs/architecture.md).`,
}));
zones.push({
  target: "./webview",
  from: "./src",
  except: ["./core", "./protocol"],
  message: "A webview may import only src/core and src/protocol (docs/architecture.md).",
});
zones.push({ target: "./src", from: "./webview", message: "The host never imports a webview." });
zones.push({ target: "./src", from: "./test", message: "Product code never imports tests." });

const packages = (patterns, message) => ({
  "@typescript-eslint/no-restricted-imports": ["error", { patterns: [{ regex: patterns, message }] }],
});

export default tseslint.config(
  { ignores: ["dist", "node_modules", "test-output", ".vscode-run", ".vscode-server"] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    plugins: { "import-x": importX },
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.json", "./webview/tsconfig.json", "./test/tsconfig.json", "./tsconfig.tools.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
      "import-x/no-cycle": ["error", { maxDepth: 6 }],
      "import-x/no-default-export": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "no-restricted-globals": ["error", "name", "event"],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  { files: ["src/core/**"], rules: packages("^(?!\\.|@vscode/l10n$)", "core imports no packages but @vscode/l10n.") },
  {
    files: ["src/protocol/**", "src/app/**"],
    rules: packages("^(?!\\.|@vscode/l10n$)", "No packages here: it belongs behind a port."),
  },
  {
    files: ["src/azure/**"],
    rules: packages("^(?!\\.|@azure/|@vscode/l10n$|node:)", "azure imports only @azure/* and @vscode/l10n."),
  },
  {
    files: ["src/simulator/**"],
    rules: packages(
      "^(?!\\.|node:|@azure/core-rest-pipeline$|selfsigned$)",
      "The simulator is ARM: it imports no product package.",
    ),
  },
  {
    files: ["src/core/**", "src/app/**", "src/simulator/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0]",
          message: "Take the clock as an argument.",
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: "Take the random source as an argument.",
        },
      ],
    },
  },
  {
    files: ["src/simulator/server.ts", "src/simulator/command.ts"],
    rules: { "no-restricted-syntax": "off", "no-console": "off" },
  },
  {
    files: ["src/ui/**", "src/extension.ts"],
    rules: packages("^(?!\\.|vscode$|@vscode/l10n$|node:)", "ui imports vscode and our own layers only."),
  },
  // The YAML library is in a chunk of its own, which is read with the first preset.
  {
    files: ["src/ui/presets/presetYaml.ts"],
    rules: packages("^(?!\\.|yaml$)", "presetYaml wraps the YAML library and nothing else."),
  },
  {
    files: ["webview/**/*.ts"],
    rules: packages("^(?!\\.|lit($|/)|@vscode/l10n$)", "Toolkit controls come from webview/shared/components.ts."),
  },
  { files: ["webview/shared/components.ts"], rules: { "@typescript-eslint/no-restricted-imports": "off" } },
  { files: ["vitest.config.ts"], rules: { "import-x/no-default-export": "off" } },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off",
      "no-console": "off",
    },
  },
);
