import { describe, expect, it } from "vitest";
import { AzureMlError } from "../../../../src/core/errors";
import { type Contract } from "../../../../src/protocol/channel";
import { asText } from "../../../../src/protocol/parse";
import { FormLeft, serve } from "../../../../src/ui/forms/serve";
import { FakeChannel, RecordingLog, settled } from "../../../support/fakeChannel";

interface EchoContract extends Contract {
  readonly init: { readonly greeting: string };
  readonly requests: { readonly echo: { in: string; out: string }; readonly wait: { in: string; out: string } };
  readonly events: { readonly ping: number };
}

function link(init: (signal: AbortSignal) => Promise<{ greeting: string }> = async () => ({ greeting: "hi" })) {
  const channel = new FakeChannel();
  const log = new RecordingLog();
  const handled: string[] = [];
  const signals: AbortSignal[] = [];
  const form = serve<EchoContract>(channel, {
    init,
    handlers: {
      echo: async (input) => {
        handled.push(input);
        if (input === "fail")
          throw new AzureMlError({ kind: "forbidden", message: "No.", code: "AuthorizationFailed", requestId: "r-1" });
        if (input === "bug") throw new TypeError("x is undefined");
        return input;
      },
      wait: (input, signal) =>
        new Promise((_, reject) => {
          handled.push(input);
          signals.push(signal);
          signal.addEventListener("abort", () => reject(signal.reason as Error));
        }),
    },
    parsers: { echo: (input) => asText(input, "input", 10), wait: (input) => asText(input, "input", 10) },
    texts: { Hello: "こんにちは" },
    log,
  });
  return { channel, log, handled, signals, form };
}

const request = (id: number, name: string, input: unknown): object => ({ type: "request", id, name, input });

describe("a form's link", () => {
  it("answers ready with the texts, then with init", async () => {
    const { channel } = link();
    await channel.receive({ type: "ready" });
    expect(channel.sent).toEqual([
      { type: "texts", texts: { Hello: "こんにちは" } },
      { type: "init", init: { greeting: "hi" } },
    ]);
  });

  it("tells why there is no init, and asks again when the form does", async () => {
    let fails = true;
    const { channel } = link(async () => {
      if (fails) throw new AzureMlError({ kind: "notSignedIn", message: "Sign in first." });
      return { greeting: "hi" };
    });
    await channel.receive({ type: "ready" });
    expect(channel.last).toEqual({ type: "initFailed", error: { kind: "notSignedIn", message: "Sign in first." } });
    fails = false;
    await channel.receive({ type: "ready" });
    expect(channel.last).toEqual({ type: "init", init: { greeting: "hi" } });
  });

  it("answers requests by their number, failures with what Azure said", async () => {
    const { channel } = link();
    await channel.receive(request(4, "echo", "yes"));
    expect(channel.last).toEqual({ type: "response", id: 4, ok: true, output: "yes" });
    await channel.receive(request(5, "echo", "fail"));
    expect(channel.last).toEqual({
      type: "response",
      id: 5,
      ok: false,
      error: { kind: "forbidden", message: "No.", code: "AuthorizationFailed", requestId: "r-1" },
    });
  });

  it("logs a fault of ours", async () => {
    const { channel, log } = link();
    await channel.receive(request(1, "echo", "bug"));
    expect(channel.last).toMatchObject({ ok: false, error: { kind: "unknown" } });
    expect(log.lines).toEqual(["error Form: x is undefined"]);
  });

  it("passes a cancel on to the one request it names", async () => {
    const { channel, signals } = link();
    await channel.receive(request(1, "wait", "a"));
    await channel.receive(request(2, "wait", "b"));
    await channel.receive({ type: "cancel", id: 2 });
    await settled();
    expect(signals.map((signal) => signal.aborted)).toEqual([false, true]);
    expect(signals[1]?.reason).not.toBeInstanceOf(FormLeft);
    expect(channel.last).toEqual({ type: "response", id: 2, ok: false, error: { kind: "aborted", message: "" } });
  });

  it("lets go of the requests of a drawing that is gone, and does not answer the next one for them", async () => {
    const { channel, signals } = link();
    await channel.receive(request(1, "wait", "a"));
    await channel.receive({ type: "ready" });
    expect(signals[0]?.reason).toBeInstanceOf(FormLeft);
    expect(channel.sent.filter((message) => message.type === "response")).toEqual([]);
  });

  it("ends with its panel", async () => {
    const { channel, signals, form } = link();
    await channel.receive(request(1, "wait", "a"));
    form.dispose();
    await channel.receive(request(2, "echo", "late"));
    expect(signals[0]?.reason).toBeInstanceOf(FormLeft);
    expect(channel.sent).toEqual([]);
  });

  it("tells events", () => {
    const { channel, form } = link();
    form.notify("ping", 3);
    expect(channel.last).toEqual({ type: "event", name: "ping", data: 3 });
  });
});

describe("a hostile webview", () => {
  it.each([
    ["no request of the contract", request(1, "delete", "x")],
    ["a method of every object", request(1, "toString", "x")],
    ["a prototype", request(1, "__proto__", "x")],
    ["a constructor", request(1, "constructor", "x")],
    ["an input of another type", request(1, "echo", { toString: "x" })],
    ["a huge input", request(1, "echo", "x".repeat(11))],
    ["no input", request(1, "echo", undefined)],
  ])("that asks with %s gets a typed error and reaches no handler", async (_, message) => {
    const { channel, handled, log } = link();
    await channel.receive(message);
    expect(channel.sent).toEqual([
      { type: "response", id: 1, ok: false, error: { kind: "protocol", message: expect.any(String) } },
    ]);
    expect(handled).toEqual([]);
    expect(log.lines).toHaveLength(1);
  });

  it.each([
    [null],
    ["ready"],
    [{ type: "request", id: {}, name: "echo", input: "x" }],
    [{ type: "eval", code: "1" }],
    [[]],
  ])("that sends %j is not answered", async (message) => {
    const { channel, handled, log } = link();
    await channel.receive(message);
    expect([channel.sent, handled]).toEqual([[], []]);
    expect(log.lines[0]).toMatch(/^warn Form: message refused/);
  });

  it("cannot use a request's number twice, cancel what is not there, or pile up requests", async () => {
    const { channel, handled, log } = link();
    await channel.receive({ type: "cancel", id: 99 });
    for (const id of [1, 1, ...Array.from({ length: 40 }, (_, index) => index + 2)])
      await channel.receive(request(id, "wait", "x"));
    expect(handled).toHaveLength(16);
    expect(log.lines.filter((line) => line.includes("its number is in use"))).toHaveLength(1);
    expect(channel.sent).toEqual([]);
  });
});
