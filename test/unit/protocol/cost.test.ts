import { describe, expect, it } from "vitest";
import { costParsers, parseSavedCostForm } from "../../../src/protocol/cost";
import { moneyParsers } from "../../../src/protocol/money";
import { ProtocolError } from "../../../src/protocol/parse";
import { aCluster } from "../../support/builders";

const { id } = aCluster();
const scale = { minNodeCount: 0, maxNodeCount: 4, idleSecondsBeforeScaleDown: 120 };
const hostile = [
  `${id}/../other`,
  `${id}?x=1`,
  id.replace("computes", "jobs"),
  id.replace("gpu-train", ".."),
  "/subscriptions/x",
  "",
  7,
  null,
  {},
];

describe("messages of the cost form", () => {
  it("let scale settings through and nothing else", () => {
    expect(costParsers.apply(scale)).toEqual(scale);
    for (const bad of [
      null,
      {},
      { ...scale, minNodeCount: "0" },
      { ...scale, maxNodeCount: Infinity },
      { ...scale, vmSize: "x" },
    ]) {
      expect(() => costParsers.apply(bad), JSON.stringify(bad)).toThrow(ProtocolError);
    }
  });

  it("let only known rules be followed", () => {
    expect(costParsers.follow({ rule: "longIdleTime" })).toEqual({ rule: "longIdleTime" });
    for (const rule of ["", "__proto__", 1, null]) expect(() => costParsers.follow({ rule })).toThrow(ProtocolError);
  });

  it("are restored only for a cluster's id", () => {
    const texts = { minNodeCount: "a", maxNodeCount: "", idleSecondsBeforeScaleDown: "3" };
    expect(parseSavedCostForm({ version: 1, cluster: id, texts })).toEqual({ version: 1, cluster: id, texts });
    for (const cluster of hostile)
      expect(() => parseSavedCostForm({ version: 1, cluster, texts })).toThrow(ProtocolError);
    expect(() => parseSavedCostForm({ version: 2, cluster: id, texts })).toThrow(ProtocolError);
  });
});

describe("messages of the money page", () => {
  it("name clusters by whole ids", () => {
    expect(moneyParsers.scaleToZero({ clusters: [id] })).toEqual({ clusters: [id] });
    for (const cluster of hostile) {
      expect(() => moneyParsers.openCost({ cluster }), JSON.stringify(cluster)).toThrow(ProtocolError);
      expect(() => moneyParsers.exportCsv({ clusters: [cluster] }), JSON.stringify(cluster)).toThrow(ProtocolError);
    }
    expect(() => moneyParsers.follow({ cluster: id, rule: "none" })).toThrow(ProtocolError);
  });
});
