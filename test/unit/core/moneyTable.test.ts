import { describe, expect, it } from "vitest";
import { clusterId } from "../../../src/core/armId";
import {
  type MoneyColumn,
  groupRows,
  moneyRow,
  sortRows,
  sumRows,
  tagNames,
  topSpenders,
} from "../../../src/core/moneyTable";
import { aCluster, aVmSize, aWorkspaceId, nodeCounts } from "../../support/builders";
import { handWorked } from "../../support/handWorkedClusters";

const rows = handWorked.map(({ cluster, size, price }) =>
  moneyRow(cluster, { size, price, ...(cluster.location === "japaneast" ? { subscriptionName: "Japan" } : {}) }),
);

function names(column: MoneyColumn, descending: boolean, currency = "USD"): string[] {
  return sortRows(rows, { column, descending }, currency).map((row) => row.name);
}

describe("a row of the money table", () => {
  it("tells where the cluster is and what it holds", () => {
    const [row] = rows;
    expect(row).toMatchObject({
      name: "cpu-asleep",
      workspaceName: "ml-west",
      subscriptionName: "11111111-1111-1111-1111-111111111111",
      condition: "asleep",
      nodes: 0,
      heldVCpus: 16,
      usedVCpus: 0,
      vmFamily: "standardDSv2Family",
    });
  });

  it.each(handWorked.map((each) => [each.cluster.name, each.heldVCpus] as const))("%s holds %d vCPUs", (name, held) => {
    expect(rows.find((row) => row.name === name)?.heldVCpus).toBe(held);
  });

  it("counts the nodes that are up, not the preempted one: 3 × 4 vCPUs", () => {
    expect(rows.find((row) => row.name === "t4-cheap")).toMatchObject({ nodes: 3, usedVCpus: 12, heldVCpus: 40 });
  });

  it("does not know vCPUs without the size", () => {
    expect(moneyRow(aCluster(), {})).toMatchObject({ heldVCpus: undefined, usedVCpus: undefined, vmFamily: undefined });
  });
});

describe("sorting", () => {
  it("by cost now puts the unknown last, both ways", () => {
    expect(names("now", true).slice(0, 4)).toEqual(["gpu-train", "a100", "fixed-50", "sweep"]);
    expect(names("now", true).at(-1)).toBe("unpriced");
    expect(names("now", false).at(-1)).toBe("unpriced");
    expect(names("now", false).slice(0, 3)).toEqual(["new-one", "t4-private", "cpu-asleep"]);
  });

  it("by cost compares the reader's currency first", () => {
    expect(names("now", true, "JPY")[0]).toBe("t4-yen");
  });

  it("by numbers and by names", () => {
    expect(names("heldVCpus", true).slice(0, 2)).toEqual(["sweep", "fixed-50"]);
    expect(names("nodes", true).slice(0, 2)).toEqual(["sweep", "fixed-50"]);
    expect(names("name", false)[0]).toBe("a100");
    expect(names("workspace", false)[0]).toBe("t4-cheap");
  });

  it("by name takes numbers as numbers and leaves the given rows alone", () => {
    const numbered = ["n10", "N2", "n1"].map((name) => moneyRow(aCluster({ name }), {}));
    expect(sortRows(numbered, { column: "name", descending: false }, "USD").map((row) => row.name)).toEqual([
      "n1",
      "N2",
      "n10",
    ]);
    expect(numbered[0]?.name).toBe("n10");
  });
});

describe("sums", () => {
  it("add all rows and count those without a price", () => {
    const burn = sumRows(rows);
    expect(burn.clusters).toBe(14);
    // Worked in clusterCost.test.ts; unusable is `broken`'s 2.46 alone; idle 3.823 + 0.82 + 0.169.
    expect(burn.now.amounts.USD).toBeCloseTo(76.6098, 6);
    expect(burn.now.unknown).toBe(1);
    expect(burn.unusable.amounts.USD).toBeCloseTo(2.46, 9);
    expect(burn.idle.amounts.USD).toBeCloseTo(4.812, 9);
    expect(burn.idle.amounts.JPY).toBe(304.5);
    // 16 + 192 + 12 + 40 + 96 + 480 + 200 + 32 + 12 + 96 + 16 + 40 + 12 + 8
    expect(burn.heldVCpus).toBe(1252);
  });

  it("of nothing are nothing", () => {
    expect(sumRows([])).toMatchObject({ clusters: 0, now: { amounts: {}, unknown: 0 }, heldVCpus: 0 });
  });
});

describe("totals", () => {
  it("per workspace, the biggest spender first", () => {
    const groups = groupRows(rows, { by: "workspace" }, "USD");
    expect(groups.map((group) => [group.label, group.burn.clusters])).toEqual([
      ["ml-west", 11],
      ["ml-east", 3],
    ]);
    // t4-cheap 0.43975 + the load balancer of t4-yen 0.01375
    expect(groups[1]?.burn.now.amounts.USD).toBeCloseTo(0.4535, 9);
  });

  it("per subscription", () => {
    expect(groupRows(rows, { by: "subscription" }, "USD").map((group) => group.label)).toEqual([
      "11111111-1111-1111-1111-111111111111",
      "Japan",
    ]);
  });

  it("keep same-named workspaces apart and join ids that differ in case", () => {
    const at = (workspace: string, name: string) =>
      moneyRow(aCluster({ name, id: clusterId(workspace as typeof aWorkspaceId, name) }), {});
    const twins = [
      at(aWorkspaceId, "a"),
      at(aWorkspaceId.replace("resourceGroups", "resourcegroups"), "b"),
      at(aWorkspaceId.replace("rg-ml", "rg-other"), "c"),
    ];
    expect(groupRows(twins, { by: "workspace" }, "USD").map((group) => [group.label, group.burn.clusters])).toEqual([
      ["ml-west", 2],
      ["ml-west", 1],
    ]);
  });

  it("per tag join its name without case and keep the clusters that lack it", () => {
    const groups = groupRows(rows, { by: "tag", name: "team" }, "USD");
    expect(groups.map((group) => [group.label, group.burn.clusters])).toEqual([
      [undefined, 11],
      ["vision", 2],
      ["speech", 1],
    ]);
    // gpu-train 30.59775 + cpu-asleep 0.01375
    expect(groups[1]?.burn.now.amounts.USD).toBeCloseTo(30.6115, 9);
  });

  it("offer each tag once", () => {
    expect(tagNames(rows)).toHaveLength(1);
    expect(tagNames(rows)[0]?.toLowerCase()).toBe("team");
  });
});

describe("the biggest spenders", () => {
  it("are ranked, without what costs nothing or is unknown", () => {
    expect(topSpenders(rows, "USD", 3).map((row) => row.name)).toEqual(["gpu-train", "a100", "fixed-50"]);
    expect(topSpenders(rows, "USD", 99).map((row) => row.name)).not.toContain("t4-private");
    expect(topSpenders(rows, "USD", 99).map((row) => row.name)).not.toContain("unpriced");
  });

  it("are none while nothing is up and nothing is billed", () => {
    const quiet = moneyRow(aCluster({ nodePublicIp: false, nodeCounts: nodeCounts() }), { size: aVmSize() });
    expect(topSpenders([quiet], "USD", 5)).toEqual([]);
  });
});
