import { describe, expect, it } from "vitest";
import { allows, azureActions, matchesAction, rolesWith } from "../../../src/core/permissions";

const computes = "Microsoft.MachineLearningServices/workspaces/computes";

describe("an action pattern", () => {
  it.each([
    ["*", azureActions.writeClusters],
    ["*/read", `${computes}/read`],
    [`${computes}/*`, `${computes}/listNodes/action`],
    [`${computes}/WRITE`, `${computes}/write`],
    ["microsoft.machinelearningservices/workspaces/*/write", azureActions.writeClusters],
    [`${computes}/*/write`, azureActions.writeClusters],
    ["Microsoft.Authorization/*/Delete", azureActions.deleteLocks],
    ["Microsoft.MachineLearningServices/*/computes/*", `${computes}/read`],
  ])("%s covers %s", (pattern, action) => {
    expect(matchesAction(pattern, action)).toBe(true);
  });

  it.each([
    ["*/read", azureActions.listNodes],
    [`${computes}/writ`, azureActions.writeClusters],
    [`${computes}/write`, `${computes}/write/more`],
    ["Microsoft.Machine.earningServices/*", azureActions.readClusters],
    ["MicrosoftXMachineLearningServices/*", azureActions.readClusters],
    ["", azureActions.readClusters],
    ["(.*", azureActions.readClusters],
  ])("%s does not cover %s", (pattern, action) => {
    expect(matchesAction(pattern, action)).toBe(false);
  });
});

describe("permissions", () => {
  const contributor = { actions: ["*"], notActions: ["Microsoft.Authorization/*/Delete"] };
  const reader = { actions: ["*/read"], notActions: [] };

  it("allow what any one role allows", () => {
    expect(allows([reader, contributor], azureActions.writeClusters)).toBe(true);
    expect(allows([reader], azureActions.writeClusters)).toBe(false);
    expect(allows([], azureActions.readClusters)).toBe(false);
  });

  it("take notActions off their own role only", () => {
    expect(allows([contributor], azureActions.deleteLocks)).toBe(false);
    expect(allows([contributor, { actions: ["*"], notActions: [] }], azureActions.deleteLocks)).toBe(true);
  });

  it("of a plain Reader do not include listing nodes, which is an action", () => {
    expect(allows([reader], azureActions.readClusters)).toBe(true);
    expect(allows([reader], azureActions.listNodes)).toBe(false);
  });
});

describe("roles with an action", () => {
  it.each([
    [azureActions.writeClusters, ["AzureML Compute Operator", "Contributor", "Owner"]],
    [azureActions.deleteClusters, ["AzureML Compute Operator", "Contributor", "Owner"]],
    [azureActions.listNodes, ["AzureML Compute Operator", "AzureML Data Scientist", "Contributor", "Owner"]],
    [azureActions.deleteLocks, ["Locks Contributor", "User Access Administrator", "Owner"]],
    [azureActions.joinSubnet, ["Network Contributor", "Contributor", "Owner"]],
    [azureActions.assignIdentity, ["Managed Identity Operator", "Contributor", "Owner"]],
    [azureActions.updateQuotas, ["Contributor", "Owner"]],
  ])("%s: %j, the narrowest first", (action, roles) => {
    expect(rolesWith(action)).toEqual(roles);
  });
});
