import { describe, expect, it } from "vitest";
import { systemClock } from "../../../src/azure/systemClock";
import { isAbort } from "../../../src/core/errors";

describe("this machine's clock", () => {
  it("rests as long as told", async () => {
    const from = performance.now();
    await systemClock.sleep(30);
    expect(performance.now() - from).toBeGreaterThanOrEqual(28);
  });

  it("stops resting when somebody gives up, before or meanwhile", async () => {
    const stop = new AbortController();
    const resting = systemClock.sleep(60_000, stop.signal);
    stop.abort();
    await expect(resting).rejects.toSatisfy(isAbort);
    await expect(systemClock.sleep(60_000, stop.signal)).rejects.toSatisfy(isAbort);
  });
});
