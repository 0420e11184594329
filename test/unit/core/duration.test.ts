import { describe, expect, it } from "vitest";
import { durationOfSeconds, secondsOfDuration } from "../../../src/core/duration";

describe("durations", () => {
  it.each([
    ["PT2M", 120],
    ["PT120S", 120],
    ["PT1M40S", 100],
    ["pt30m", 1_800],
    ["P1DT2H", 93_600],
    ["P1W", 604_800],
    ["PT0S", 0],
    ["PT0.4S", 0],
  ])("%s is %d seconds", (text, seconds) => {
    expect(secondsOfDuration(text)).toBe(seconds);
  });

  it.each(["", "P", "PT", "120", "P1Y", "P1M", "2M", "PT2X"])("%j is no duration of fixed length", (text) => {
    expect(secondsOfDuration(text)).toBeUndefined();
  });

  it("is sent in plain seconds", () => {
    expect(durationOfSeconds(120)).toBe("PT120S");
    expect(secondsOfDuration(durationOfSeconds(86_401))).toBe(86_401);
  });
});
