import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findDesktopCode } from "../../../scripts/desktopCode.mjs";
import { findChromium } from "../../../scripts/findChromium.mjs";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "find-"));
});

afterEach(() => rm(home, { recursive: true }));

async function addProgram(path: string, mode = 0o755): Promise<string> {
  const file = join(home, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, "");
  await chmod(file, mode);
  return file;
}

describe("findChromium", () => {
  it("takes what CHROMIUM_PATH names before anything on PATH", async () => {
    await addProgram("bin/chromium");
    const named = await addProgram("mine/chrome");
    expect(findChromium({ CHROMIUM_PATH: named, PATH: join(home, "bin") }, "linux")).toBe(named);
  });

  it("finds none when CHROMIUM_PATH names a file that is not there: a wrong name is not corrected in silence", async () => {
    await addProgram("bin/chromium");
    expect(findChromium({ CHROMIUM_PATH: join(home, "gone"), PATH: join(home, "bin") }, "linux")).toBeUndefined();
  });

  it("prefers Chromium to Chrome, wherever on PATH they are", async () => {
    await addProgram("first/google-chrome");
    const chromium = await addProgram("second/chromium");
    const path = [join(home, "first"), join(home, "second")].join(delimiter);
    expect(findChromium({ PATH: path }, "linux")).toBe(chromium);
  });

  it("passes over a file that cannot be run", async () => {
    await addProgram("bin/chromium", 0o644);
    const chrome = await addProgram("bin/google-chrome");
    expect(findChromium({ PATH: join(home, "bin") }, "linux")).toBe(chrome);
  });

  it("finds an application in a Mac's home folder", async () => {
    const chrome = await addProgram("Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    expect(findChromium({ HOME: home, PATH: "" }, "darwin")).toBe(chrome);
  });
});

describe("findDesktopCode", () => {
  it("finds code on PATH where there is a screen", async () => {
    const code = await addProgram("bin/code");
    expect(findDesktopCode({ PATH: join(home, "bin"), DISPLAY: ":0" }, "linux")).toBe(code);
    expect(findDesktopCode({ PATH: join(home, "bin") }, "darwin")).toBe(code);
  });

  it("finds none on Linux without a screen: it could open no window", async () => {
    await addProgram("bin/code");
    expect(findDesktopCode({ PATH: join(home, "bin") }, "linux")).toBeUndefined();
  });

  it("passes over the command of a remote session, which knows no profiles", async () => {
    await addProgram("bin/remote-cli/code");
    expect(findDesktopCode({ PATH: join(home, "bin/remote-cli"), DISPLAY: ":0" }, "linux")).toBeUndefined();
  });
});
