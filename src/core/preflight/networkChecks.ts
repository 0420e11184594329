import * as l10n from "@vscode/l10n";

import { type ClusterDraft } from "../draft";
import { type ArmId } from "../armId";
import { type Finding } from "../finding";
import { hasManagedNetwork } from "../workspace";
import { type PreflightFacts, known, unchecked } from "./facts";
import { networkLocks } from "./locks";
import {
  networkGroupNote,
  noPublicIpNeedsEndpoint,
  noSubnetInManagedNetwork,
  outboundNote,
  privateWorkspaceNeedsNetwork,
} from "./network";
import { rightToJoin } from "./rights";
import {
  findSubnet,
  subnetAddresses,
  subnetDelegation,
  subnetExists,
  subnetPolicies,
  subnetRegion,
  subnetSubscription,
} from "./subnet";

/** Every rule about the network, the subnet and what is known of them. */
export function networkChecks(draft: ClusterDraft, facts: PreflightFacts): readonly Finding[] {
  const { workspace } = facts;
  const { network, nodePublicIp } = draft;
  const general = [
    ...privateWorkspaceNeedsNetwork(network, workspace),
    ...(network.kind === "subnet" ? noPublicIpNeedsEndpoint(nodePublicIp, workspace) : []),
  ];
  if (network.kind === "none") return general;
  // Nothing else about the subnet matters once the workspace has a network of its own.
  if (hasManagedNetwork(workspace)) return noSubnetInManagedNetwork(network.subnetId, workspace);
  return [...general, ...subnetChecks(network.subnetId, draft, facts)];
}

function subnetChecks(id: ArmId, draft: ClusterDraft, facts: PreflightFacts): readonly Finding[] {
  const { workspace } = facts;
  const networks = known(facts.virtualNetworks);
  const found = networks === undefined ? undefined : findSubnet(id, networks);
  return [
    ...subnetSubscription(id, workspace.id),
    ...(networks === undefined ? [] : subnetExists(id, workspace.id, networks)),
    ...(found === undefined
      ? []
      : [
          ...subnetRegion(found.network, draft.location),
          ...subnetDelegation(found.subnet),
          ...subnetAddresses(found.subnet, draft.maxNodeCount),
          ...subnetPolicies(found.subnet, draft.nodePublicIp),
        ]),
    ...networkGroupNote(id, workspace),
    ...outboundNote(draft.nodePublicIp),
    ...rightToJoinKnown(id, facts),
    ...networkLocks(id, workspace.id, known(facts.networkLocks) ?? []),
    ...unchecked(
      facts.virtualNetworks,
      "network",
      (reason) => l10n.t("The subnet was not checked: {0}", reason),
      "network",
    ),
    ...unchecked(
      facts.networkLocks,
      "locks.network",
      (reason) => l10n.t("Locks on the virtual network were not checked: {0}", reason),
      "network",
    ),
  ];
}

function rightToJoinKnown(subnet: ArmId, { subnetPermissions }: PreflightFacts): readonly Finding[] {
  const permissions = known(subnetPermissions);
  return [
    ...(permissions === undefined ? [] : rightToJoin(subnet, permissions)),
    ...unchecked(
      subnetPermissions,
      "rights.join",
      (reason) => l10n.t("Whether you may use the subnet was not checked: {0}", reason),
      "network",
    ),
  ];
}
