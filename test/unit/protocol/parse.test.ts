import { describe, expect, it } from "vitest";
import { ProtocolError, parseToHost } from "../../../src/protocol/parse";

describe("messages from a form", () => {
  it.each([
    { type: "ready" },
    { type: "cancel", id: 3 },
    { type: "request", id: 0, name: "create", input: null },
    { type: "request", id: 9, name: "constructor", input: { deep: [1] } },
  ])("%j pass the envelope", (message) => {
    expect(parseToHost(message)).toEqual(message);
  });

  it.each([
    [undefined],
    [null],
    ["ready"],
    [42],
    [["ready"]],
    [{}],
    [{ type: "Ready" }],
    [{ type: "ready", extra: 1 }],
    [{ type: "toString" }],
    [{ type: "request", id: 1, name: "create" }],
    [{ type: "request", id: "1", name: "create", input: null }],
    [{ type: "request", id: -1, name: "create", input: null }],
    [{ type: "request", id: 1.5, name: "create", input: null }],
    [{ type: "request", id: Number.NaN, name: "create", input: null }],
    [{ type: "request", id: 2 ** 60, name: "create", input: null }],
    [{ type: "request", id: 1, name: "x".repeat(65), input: null }],
    [{ type: "request", id: 1, name: {}, input: null }],
    [{ type: "cancel" }],
    [JSON.parse('{"type":"ready","__proto__":{"type":"request"}}')],
    [Object.create({ type: "ready" })],
    [() => "ready"],
  ])("%j is refused", (message) => {
    expect(() => parseToHost(message)).toThrow(ProtocolError);
  });

  it("are refused without repeating what they said", () => {
    const secret = "s3cret".repeat(20);
    expect(() => parseToHost({ type: secret })).toThrow(/^(?!.*s3cret)/);
  });
});
