import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of reference data beside the repository; AML_SHARED names another place. */
export const shared = process.env["AML_SHARED"] ?? fileURLToPath(new URL("../../../../shared", import.meta.url));

export const recordingsFolder = join(shared, "azure-api", "recordings");
export const specificationFolder = join(shared, "azure-api", "specification");

/** Empty where the data is there, else the reason for skipping, for the name of the skipped suite. */
export function whyMissing(folder: string): string {
  return existsSync(folder)
    ? ""
    : ` (skipped: ${folder} does not exist; set AML_SHARED to the folder of reference data)`;
}

export interface Exchange {
  readonly step?: string;
  readonly request: { readonly method: string; readonly url: string; readonly headers: object; readonly body: unknown };
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown };
}

export interface Recording {
  readonly file: string;
  readonly exchanges: readonly Exchange[];
}

export function readRecordings(): readonly Recording[] {
  if (!existsSync(recordingsFolder)) return [];
  return readdirSync(recordingsFolder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => ({ ...JSON.parse(readFileSync(join(recordingsFolder, file), "utf8")), file }));
}
