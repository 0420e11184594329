import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const fakeVscode = fileURLToPath(new URL("./test/support/fakeVscode.ts", import.meta.url));

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: { vscode: fakeVscode } },
        test: { name: "unit", include: ["test/unit/**/*.test.ts", "test/*.test.ts"], environment: "node" },
      },
      {
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "webview",
          include: ["test/webview/**/*.test.ts"],
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          environment: "node",
          testTimeout: 240_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          bail: 0,
        },
      },
    ],
  },
});
