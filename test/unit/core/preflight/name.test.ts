import { describe, expect, it } from "vitest";
import { armId, clusterId } from "../../../../src/core/armId";
import { nameElsewhere, nameHeldByFailed, nameLetterAfterDash } from "../../../../src/core/preflight/name";
import { aWorkspaceId } from "../../../support/builders";

describe("Studio's letter after a dash", () => {
  it.each([
    ["CC-22050369", 1],
    ["gpu-2", 1],
    ["gpu-v2", 0],
    ["gpu-2-train", 0],
    ["gpu2", 0],
    ["", 0],
  ])("%j gives %d hints and never more than a hint", (name, count) => {
    const findings = nameLetterAfterDash(name);
    expect(findings.map((finding) => finding.severity)).toEqual(Array<string>(count).fill("info"));
  });
});

describe("a failed cluster that holds the name", () => {
  const failed = { id: clusterId(aWorkspaceId, "gpu-train"), name: "gpu-train", provisioningState: "Failed" };

  it("is offered for deletion, whatever the case", () => {
    expect(nameHeldByFailed("GPU-train", [failed])).toMatchObject([
      { rule: "name.heldByFailed", remedy: { kind: "deleteCluster", cluster: failed.id } },
    ]);
  });

  it("is not one that works, nor one of another name", () => {
    expect(nameHeldByFailed("gpu-train", [{ ...failed, provisioningState: "Succeeded" }])).toEqual([]);
    expect(nameHeldByFailed("gpu-train2", [failed])).toEqual([]);
  });
});

describe("a name in another workspace of the region", () => {
  const other = armId(aWorkspaceId.replace("ml-west", "ml-two"));

  it("is warned of and names that workspace with its group", () => {
    const [finding] = nameElsewhere("GPU-train", aWorkspaceId, [{ name: "gpu-train", workspace: other }]);
    expect(finding).toMatchObject({ rule: "name.elsewhere", severity: "warning" });
    expect(finding?.message).toContain("ml-two (rg-ml)");
  });

  it("is not the workspace's own, nor another name", () => {
    const own = armId(aWorkspaceId.toUpperCase());
    expect(nameElsewhere("gpu-train", aWorkspaceId, [{ name: "gpu-train", workspace: own }])).toEqual([]);
    expect(nameElsewhere("gpu-train2", aWorkspaceId, [{ name: "gpu-train", workspace: other }])).toEqual([]);
  });
});
