import { describe, expect, it } from "vitest";
import { type Cause, rankCauses } from "../../../../src/core/diagnosis/cause";
import { diagnose } from "../../../../src/core/diagnosis/diagnose";
import { joinErrors } from "../../../../src/core/diagnosis/errorRules";
import { readableFacts } from "../../../../src/core/diagnosis/facts";
import { aCluster, aSubscriptionId, aVmSize, aWorkspace, nodeCounts } from "../../../support/builders";
import {
  aFailedCluster,
  aGroupId,
  aLock,
  aNetwork,
  aNetworkGroupId,
  aQuota,
  aSubnetId,
  anError,
  belowTarget,
  causeOf,
  facts,
  kindsOf,
  rulesOf,
  stuckAtZero,
  wholeFacts,
} from "../../../support/diagnosisBuilders";

const reader = [{ actions: ["*/read"], notActions: [] }];
const contributor = [{ actions: ["*"], notActions: ["Microsoft.Authorization/*/Delete"] }];

describe("the stuck-lock story", () => {
  const given = wholeFacts(stuckAtZero, { locks: [aLock(aGroupId, { notes: "do not touch" })] });

  it("is one likely cause that names lock, place and time, first of all", () => {
    const [first, ...others] = diagnose(given);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      rule: "locks.group",
      severity: "error",
      likelihood: "likely",
      message: 'The lock "keep" holds the resource group rg-ml.',
      evidence: [
        "A delete lock keeps Azure from removing nodes of gpu-train, and often from adding them.",
        'The lock says: "do not touch"',
        "gpu-train has been resizing (0 → 0) for 48 minutes.",
      ],
    });
  });

  it("offers to open and to remove that very lock, and is certain when Azure says ScopeLocked itself", () => {
    const lock = aLock(aGroupId);
    const locked = anError("ScopeLocked", `following scope(s) are locked: '${aGroupId.toUpperCase()}'.`);
    const cause = causeOf(wholeFacts({ ...stuckAtZero, errors: [locked] }, { locks: [lock] }), "locks.group");
    expect(cause.likelihood).toBe("certain");
    expect(cause.evidence.join("\n")).toContain('Azure says: "ScopeLocked: following scope(s)');
    expect(cause.remedies).toMatchObject([
      { kind: "openLock", lock: lock.id, scope: aGroupId },
      { kind: "removeLock", lock, allowed: true },
    ]);
  });

  it("tells an error about another lock than the ones found as a cause of its own", () => {
    const locked = anError("ScopeLocked", "following scope(s) are locked: '/subscriptions/1/resourceGroups/hidden'.");
    const rules = rulesOf(wholeFacts({ ...stuckAtZero, errors: [locked] }, { locks: [aLock(aGroupId)] }));
    expect(rules).toEqual(["error.lock", "locks.group"]);
  });

  it("without the right to remove it says whom to ask, and without knowing offers it all the same", () => {
    const asContributor = causeOf({ ...given, permissions: contributor }, "locks.group");
    expect(kindsOf(asContributor)).toEqual(["openLock"]);
    expect(asContributor.advice).toContain("Locks Contributor, User Access Administrator, Owner");
    const unknown = causeOf({ ...given, permissions: undefined }, "locks.group");
    expect(unknown.remedies[1]).toMatchObject({ kind: "removeLock", allowed: undefined });
  });

  it("is suspected where locks could not be read, and says that they could not", () => {
    const blind = wholeFacts(stuckAtZero, { locks: { unavailable: "403 for somebody@example.com" } });
    expect(diagnose(blind)).toMatchObject([
      { rule: "allocation.stuckAtZero", likelihood: "likely" },
      { rule: "unchecked.locks", severity: "unknown", message: "Could not check resource locks: 403 for <account>" },
    ]);
  });

  it("after a search without result suggests to scale to zero and back", () => {
    const cause = causeOf(wholeFacts(stuckAtZero), "allocation.stuckAtZero");
    expect(cause.likelihood).toBe("possible");
    expect(cause.remedies[0]).toMatchObject({ kind: "scaleToZeroAndBack", back: aCluster().scaleSettings });
  });

  it("names a lock that both lists hold only once", () => {
    const lock = aLock(aSubscriptionId);
    const twice = wholeFacts({ ...stuckAtZero, subnetId: aSubnetId }, { locks: [lock], networkLocks: [lock] });
    expect(rulesOf(twice)).toEqual(["locks.subscription"]);
  });

  it("is no reason for nodes that are unusable, only a risk", () => {
    const unusable = { currentNodeCount: 1, targetNodeCount: 1, nodeCounts: nodeCounts({ unusable: 1 }) };
    const cause = causeOf(wholeFacts(unusable, { locks: [aLock(aGroupId)] }), "locks.group");
    expect(cause).toMatchObject({ severity: "warning", likelihood: "possible" });
  });

  it("goes on being suspected while the network's locks are not known", () => {
    const half = wholeFacts({ ...stuckAtZero, subnetId: aSubnetId }, { networkLocks: undefined });
    expect(causeOf(half, "allocation.stuckAtZero").likelihood).toBe("likely");
  });

  it("a delete lock on the cluster itself is only a risk for its nodes", () => {
    const own = wholeFacts(stuckAtZero, { locks: [aLock(aCluster().id)] });
    expect(causeOf(own, "locks.cluster")).toMatchObject({ severity: "warning", likelihood: "possible" });
  });
});

describe("ranking", () => {
  const cause = (rule: string, likelihood: Cause["likelihood"], severity: Cause["severity"]): Cause => ({
    rule,
    likelihood,
    severity,
    message: "",
    advice: "",
    evidence: [],
    remedies: [],
  });

  it("puts the surest first, then the worst, then what is worth knowing, then what could not be checked", () => {
    const mixed = [
      cause("unknown", "unknown", "unknown"),
      cause("info", "certain", "info"),
      cause("possible", "possible", "error"),
      cause("likelyWarning", "likely", "warning"),
      cause("likelyError", "likely", "error"),
      cause("certain", "certain", "warning"),
    ];
    expect(rankCauses(mixed).map(({ rule }) => rule)).toEqual([
      "certain",
      "likelyError",
      "likelyWarning",
      "possible",
      "info",
      "unknown",
    ]);
  });

  it("keeps the order of equals", () => {
    const equal = ["c", "a", "b"].map((rule) => cause(rule, "likely", "error"));
    expect(rankCauses(equal)).toEqual(equal);
  });

  it("puts a proven quota before a lock that would fit, and missing rights last", () => {
    const short = wholeFacts(belowTarget, {
      quota: aQuota({ family: [4, 4] }),
      locks: [aLock(aGroupId)],
      permissions: reader,
    });
    const proven = { ...short, cluster: { ...short.cluster, errors: [anError("AccountCoreQuotaReached")] } };
    expect(rulesOf(proven).slice(0, 2)).toEqual(["quota.family", "locks.group"]);
    expect(rulesOf(proven).slice(-3)).toEqual(["access.write", "access.delete", "access.listNodes"]);
  });
});

describe("facts that could not be read", () => {
  it("each say so, block nothing, and come last", () => {
    const reason = { unavailable: "no answer" };
    const blind = facts(
      { ...belowTarget, subnetId: aSubnetId, errors: [anError("AllocationFailed")] },
      Object.fromEntries(readableFacts.map((name) => [name, reason])),
    );
    const rules = rulesOf(blind);
    expect(rules.slice(0, 1)).toEqual(["allocation.belowTarget"]);
    expect(rules.slice(1)).toEqual(readableFacts.map((name) => `unchecked.${name}`));
    for (const cause of diagnose(blind).slice(1)) expect(cause.message).toMatch(/^Could not check .+: no answer$/);
  });

  it("point at the locks of the network's group for the network's locks", () => {
    const blind = facts({ subnetId: aSubnetId }, { networkLocks: { unavailable: "x" } });
    expect(causeOf(blind, "unchecked.networkLocks").remedies).toMatchObject([{ scope: aNetworkGroupId }]);
  });

  it("that nobody asked for are not mentioned", () => {
    expect(rulesOf(facts({}))).toEqual([]);
  });
});

describe("Azure's own errors", () => {
  const quota = anError(
    "ClusterMinNodesExceedCoreQuota",
    "The specified subscription has a Standard DSv2 family vCPU quota of 2 and cannot accomodate for at least 1 requested managed compute nodes which maps to 4 vCPUs.",
    ["BadRequest"],
  );

  it("prove what the figures suggest, instead of being told twice", () => {
    const given = wholeFacts(aFailedCluster(quota), { quota: aQuota({ family: [0, 2] }) });
    expect(rulesOf(given)).toEqual(["quota.family"]);
    expect(causeOf(given, "quota.family").likelihood).toBe("certain");
  });

  it("stand for themselves where the figures were not read, with the numbers to ask for", () => {
    const cause = causeOf(facts(aFailedCluster(quota)), "error.quota");
    expect(cause).toMatchObject({
      likelihood: "certain",
      message: "The vCPU quota of Standard DSv2 is 2; the nodes need 4.",
    });
    expect(cause.remedies[0]).toMatchObject({
      kind: "requestQuota",
      family: "Standard DSv2",
      region: "westeurope",
      request: { current: 2, needed: 4 },
    });
  });

  it("are told once with how often they came", () => {
    const given = facts({ errors: [anError("Odd"), anError("Odd"), anError("Even")] });
    expect(rulesOf(given)).toEqual(["error.other", "error.other"]);
    expect(diagnose(given)[0]?.evidence).toEqual(['Azure says 2 times: "Odd: It did not work."']);
  });

  it("of one meaning are one cause with all their words", () => {
    const given = facts({ errors: [anError("SkuNotAvailable", "One."), anError("SkuNotAvailable", "Two.")] });
    expect(diagnose(given)).toMatchObject([{ evidence: [/One/, /Two/].map((word) => expect.stringMatching(word)) }]);
  });

  it("are cut short and cleared of accounts and signed addresses", () => {
    const long = `Client 'ann.lee+ml@example.co.uk' asked https://x.azure.com/op?t=1&s=SECRET ${"STANDARD_D1,".repeat(500)}`;
    const [cause] = diagnose(facts({ errors: [anError("Odd", long)] }));
    expect(cause?.message.length).toBeLessThan(400);
    expect(JSON.stringify(cause)).not.toMatch(/SECRET|ann\.lee|example\.co/);
  });

  it("that only say that it failed are no surer than a guess", () => {
    const given = wholeFacts({ ...belowTarget, errors: [anError("AllocationFailed")] }, { locks: [aLock(aGroupId)] });
    expect(rulesOf(given)).toEqual(["locks.group", "allocation.belowTarget"]);
  });

  it("make no cause less sure than it was", () => {
    const [quotaCause] = diagnose(wholeFacts(belowTarget, { quota: aQuota({ family: [0, 3] }) }));
    if (quotaCause === undefined) throw new Error("no cause");
    const doubt: Cause = { ...quotaCause, likelihood: "possible", message: "Perhaps.", evidence: ["Said so."] };
    expect(joinErrors([quotaCause], [doubt])).toEqual([
      { ...quotaCause, evidence: [...quotaCause.evidence, "Perhaps.", "Said so."] },
    ]);
    const otherTotal: Cause = { ...doubt, subject: "total" };
    expect(joinErrors([quotaCause], [otherTotal])).toEqual([quotaCause, otherTotal]);
  });

  it("of a failed cluster offer to recreate or delete it, not to scale it", () => {
    expect(kindsOf(causeOf(facts(aFailedCluster(anError("Odd"))), "error.other"))).toEqual([
      "deleteAndRecreate",
      "deleteCluster",
      "copySupportSummary",
    ]);
    expect(kindsOf(causeOf(facts({ errors: [anError("Odd")] }), "error.other"))).toEqual([
      "scaleToZeroAndBack",
      "copySupportSummary",
    ]);
  });
});

describe("quota causes", () => {
  it("carry the request that would be enough: what is used and what is missing", () => {
    const given = wholeFacts(belowTarget, { quota: aQuota({ family: [97, 100] }) });
    const cause = causeOf(given, "quota.family");
    expect(cause).toMatchObject({
      likelihood: "likely",
      message: "The vCPU quota of standardDSv2Family in westeurope has 3 of 100 left; the next nodes need 8.",
    });
    expect(cause.remedies[0]).toMatchObject({
      kind: "requestQuota",
      request: {
        subscriptionId: "11111111-1111-1111-1111-111111111111",
        region: "westeurope",
        limit: "family",
        family: "standardDSv2Family",
        priority: "dedicated",
        current: 100,
        used: 97,
        needed: 105,
      },
    });
  });

  it("are certain where even one node is above the limit, and a warning where no node is wanted now", () => {
    const never = aQuota({ family: [0, 3] });
    expect(causeOf(wholeFacts(belowTarget, { quota: never }), "quota.family").likelihood).toBe("certain");
    expect(causeOf(wholeFacts({}, { quota: never }), "quota.family")).toMatchObject({
      likelihood: "likely",
      severity: "warning",
    });
    const tight = aQuota({ family: [400, 400] });
    expect(causeOf(wholeFacts({}, { quota: tight }), "quota.family").likelihood).toBe("possible");
  });

  it("do not trouble a cluster that has all the nodes it may have", () => {
    const full = { currentNodeCount: 4, targetNodeCount: 4 };
    expect(rulesOf(wholeFacts(full, { quota: aQuota({ family: [400, 400] }) }))).toEqual([]);
  });
});

describe("remedies", () => {
  it("that the account may not use are left out", () => {
    const unusable = { currentNodeCount: 1, targetNodeCount: 1, nodeCounts: nodeCounts({ unusable: 1 }) };
    const min1 = { minNodeCount: 1, maxNodeCount: 2, idleSecondsBeforeScaleDown: 120 };
    const given = wholeFacts({ ...unusable, scaleSettings: min1 });
    expect(kindsOf(causeOf(given, "nodes.unusable"))).toEqual(["scaleToZeroAndBack", "setMin0", "copySupportSummary"]);
    expect(kindsOf(causeOf({ ...given, permissions: reader }, "nodes.unusable"))).toEqual(["copySupportSummary"]);
    const retired = wholeFacts({ vmSize: "Standard_NC6" }, { permissions: reader });
    expect(kindsOf(causeOf(retired, "size.retired"))).toEqual([]);
    const mayNotDelete = [{ actions: ["*"], notActions: ["Microsoft.MachineLearningServices/*/delete"] }];
    const failed = wholeFacts(aFailedCluster(), { permissions: mayNotDelete });
    expect(kindsOf(causeOf(failed, "allocation.failed"))).toEqual(["copySupportSummary"]);
  });
});

describe("low priority", () => {
  const waiting = { ...belowTarget, vmPriority: "lowPriority" } as const;

  it("capacity is likely only where quota is known to allow the nodes", () => {
    expect(causeOf(wholeFacts(waiting), "lowPriority.capacity").likelihood).toBe("likely");
    expect(causeOf(wholeFacts(waiting, { quota: undefined }), "lowPriority.capacity").likelihood).toBe("possible");
    const short = wholeFacts(waiting, { quota: aQuota({ totalLowPriorityCores: { used: 0, limit: 4 } }) });
    expect(rulesOf(short)).toEqual(["quota.lowPriority", "lowPriority.capacity"]);
    expect(causeOf(short, "lowPriority.capacity").likelihood).toBe("possible");
  });

  it("preemptions count those of now and of the last day", () => {
    const serviceNow = Date.UTC(2026, 10, 23, 12);
    const preemptions = [
      { at: serviceNow - 48 * 3_600_000, nodes: 9 },
      { at: serviceNow - 5 * 3_600_000, nodes: 2 },
      { at: serviceNow - 3 * 3_600_000, nodes: 1 },
      { at: serviceNow + 3_600_000, nodes: 7 },
    ];
    const cluster = { vmPriority: "lowPriority", nodeCounts: nodeCounts({ preempted: 1 }) } as const;
    const given = facts(cluster, { history: { watchedSince: 0, preemptions } });
    expect(causeOf(given, "lowPriority.preempted").evidence).toEqual([
      "Preempted now: 1.",
      "Seen in the last 24 hours: 3, last 3 hours ago.",
    ]);
  });
});

describe("nodes and network", () => {
  it("a blocked network is likely when no node works, and only possible when some do", () => {
    const cluster = { subnetId: aSubnetId, currentNodeCount: 3, targetNodeCount: 3 };
    const all = wholeFacts({ ...cluster, nodeCounts: nodeCounts({ unusable: 3 }) });
    const some = wholeFacts({ ...cluster, nodeCounts: nodeCounts({ unusable: 1, running: 2 }) });
    expect(causeOf(all, "nodes.blockedNetwork").likelihood).toBe("likely");
    expect(causeOf(all, "nodes.unusable").severity).toBe("error");
    expect(causeOf(some, "nodes.blockedNetwork").likelihood).toBe("possible");
  });

  it("unusable nodes are named", () => {
    const nodes = [
      { nodeId: "tvm-1", state: "unusable", privateIpAddress: "10.0.0.4" },
      { nodeId: "tvm-2", state: "idle" },
    ] as const;
    const cluster = { currentNodeCount: 2, targetNodeCount: 2, nodeCounts: nodeCounts({ unusable: 1, idle: 1 }) };
    expect(causeOf(wholeFacts(cluster, { nodes }), "nodes.unusable")).toMatchObject({
      severity: "warning",
      message: "1 of 2 nodes of gpu-train are unusable: they take no jobs and are charged.",
      evidence: ["Unusable: tvm-1 (10.0.0.4).", expect.stringContaining("reports no error")],
    });
  });

  it("a full subnet that Azure complains of is certain", () => {
    const cluster = { ...belowTarget, subnetId: aSubnetId, errors: [anError("SubnetIsFull")] };
    const given = wholeFacts(cluster, { virtualNetworks: [aNetwork({ usedAddresses: 251 })] });
    expect(diagnose(given)[0]).toMatchObject({ rule: "network.subnetFull", likelihood: "certain" });
  });

  it("settings are a likely cause of trouble, and a mere risk without any", () => {
    const away = { location: "eastus" };
    const workspace = { workspace: aWorkspace({ managedNetworkIsolation: "AllowOnlyApprovedOutbound" }) };
    expect(causeOf(wholeFacts({ ...away, ...belowTarget }, workspace), "network.managedRegion").severity).toBe("error");
    expect(causeOf(wholeFacts(away, workspace), "network.managedRegion").severity).toBe("warning");
  });
});

describe("any size", () => {
  it("joins its quota however Azure spells the size and the family", () => {
    const given = wholeFacts(
      { ...belowTarget, vmSize: "STANDARD_DS3_V2" },
      { vmSizes: [aVmSize({ family: "Standard_DSv2_Family" })], quota: aQuota({ family: [0, 1] }) },
    );
    expect(rulesOf(given)).toContain("quota.family");
  });
});
