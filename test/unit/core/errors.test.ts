import { expect, it, vi } from "vitest";
import { AzureMlError, asAzureMlError } from "../../../src/core/errors";

it("an error of another bundled file's copy of the class is the same to everybody", async () => {
  vi.resetModules();
  const other = await import("../../../src/core/errors");
  expect(other.AzureMlError).not.toBe(AzureMlError);
  const error = new other.AzureMlError({ kind: "throttled", message: "Wait.", retryAfterMs: 1 });
  expect(error).toBeInstanceOf(AzureMlError);
  expect(asAzureMlError(error)).toBe(error);
});

it.each([new Error("x"), { name: "AzureMlError", kind: "x" }, undefined])("%s is none", (value) => {
  expect(value instanceof AzureMlError).toBe(false);
});
