import { describe, expect, it } from "vitest";
import { clusterBody } from "../../../src/azure/clusterBody";
import { aDraft, aWorkspace } from "../../support/builders";
import { aSubnetId, anIdentityId } from "../../support/draftBuilders";

describe("the body of a new cluster", () => {
  it("closes SSH and says nothing that was not asked for", () => {
    expect(clusterBody(aWorkspace(), aDraft({ location: "eastus" }))).toEqual({
      location: "westeurope",
      properties: {
        computeType: "AmlCompute",
        computeLocation: "eastus",
        properties: {
          vmSize: "Standard_DS3_v2",
          vmPriority: "Dedicated",
          osType: "Linux",
          scaleSettings: { minNodeCount: 0, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: "PT120S" },
          remoteLoginPortPublicAccess: "Disabled",
        },
      },
    });
  });

  it("holds every property that was", () => {
    const ssh = {
      enabled: true,
      adminUserName: "anna",
      credential: { kind: "publicKey", key: " ssh-rsa AAAA \n" },
    } as const;
    const body = clusterBody(
      aWorkspace(),
      aDraft({
        vmPriority: "lowPriority",
        description: " for vision ",
        tags: { team: "vision" },
        ssh,
        network: { kind: "subnet", subnetId: aSubnetId },
        nodePublicIp: false,
        identity: { kind: "userAssigned", ids: [anIdentityId] },
        localAuthDisabled: true,
      }),
    );
    expect(body).toMatchObject({
      tags: { team: "vision" },
      identity: { type: "UserAssigned", userAssignedIdentities: { [anIdentityId]: {} } },
      properties: {
        description: "for vision",
        disableLocalAuth: true,
        properties: {
          vmPriority: "LowPriority",
          remoteLoginPortPublicAccess: "Enabled",
          userAccountCredentials: { adminUserName: "anna", adminUserSshPublicKey: "ssh-rsa AAAA" },
          subnet: { id: aSubnetId },
          enableNodePublicIp: false,
        },
      },
    });
  });

  it("sends a password or a key, and neither while SSH is off", () => {
    const credential = { kind: "password", password: "s3cret-Pass!" } as const;
    const on = clusterBody(aWorkspace(), aDraft({ ssh: { enabled: true, adminUserName: "anna", credential } }));
    expect(JSON.stringify(on)).toContain(
      '"userAccountCredentials":{"adminUserName":"anna","adminUserPassword":"s3cret-Pass!"}',
    );
    const off = clusterBody(aWorkspace(), aDraft({ ssh: { enabled: false, adminUserName: "anna", credential } }));
    expect(JSON.stringify(off)).not.toContain("s3cret");
    expect(clusterBody(aWorkspace(), aDraft({ identity: { kind: "systemAssigned" } })).identity).toEqual({
      type: "SystemAssigned",
    });
  });
});
