import * as l10n from "@vscode/l10n";
import { type AzureMachineLearningWorkspaces, getContinuationToken } from "@azure/arm-machinelearning";
import { isRestError } from "@azure/core-rest-pipeline";
import { type ArmId, armKey, clusterId, nameOf, parseArmId } from "../core/armId";
import { type ClusterNode, type ComputeCluster } from "../core/cluster";
import { type ComputeListing, type NodeListing } from "../core/compute";
import { AzureMlError } from "../core/errors";
import { type ArmRest } from "./armRest";
import { fieldsOf, listOf, textOf } from "./looseJson";
import { computeNameOf, computeTypeOf, isCluster, mapCluster, mapNode } from "./mapCluster";

/** The parts of a compute's or workspace's id that the SDK wants one by one. */
export interface ComputeAddress {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  /** Empty for a workspace's id. */
  readonly name: string;
}

/** @throws RangeError for an id that is neither a workspace's nor a compute's. */
export function addressOf(id: ArmId): ComputeAddress {
  const { subscriptionId, resourceGroup, names } = parseArmId(id);
  const [workspace, name = ""] = names;
  if (subscriptionId === undefined || resourceGroup === undefined || workspace === undefined) {
    throw new RangeError(`Not a workspace or a compute: "${id}"`);
  }
  return { subscriptionId, resourceGroup, workspace, name };
}

export interface ComputesParts {
  readonly client: (subscriptionId: string) => AzureMachineLearningWorkspaces;
  readonly rest: ArmRest;
  /** The catalogue's spelling of a VM size, or the name as it is. */
  readonly spell: (vmSize: string) => string;
}

/** Reading computes and nodes through the SDK. */
export class Computes {
  constructor(private readonly parts: ComputesParts) {}

  async list(workspace: ArmId, signal: AbortSignal): Promise<ComputeListing> {
    const { subscriptionId, resourceGroup, workspace: workspaceName } = addressOf(workspace);
    const clusters = new Map<string, ComputeCluster>();
    const others: Record<string, number> = {};
    const names = new Set<string>();
    const client = this.parts.client(subscriptionId);
    for await (const compute of client.computeOperations.list(resourceGroup, workspaceName, { abortSignal: signal })) {
      const name = computeNameOf(compute);
      if (name === undefined || names.has(name)) continue;
      names.add(name);
      if (isCluster(compute)) {
        const cluster = mapCluster(compute, clusterId(workspace, name), this.parts.spell);
        clusters.set(armKey(cluster.id), cluster);
      } else {
        const type = computeTypeOf(compute);
        others[type] = (others[type] ?? 0) + 1;
      }
    }
    return { clusters: [...clusters.values()], others, names: [...names] };
  }

  /** @throws what the SDK throws, a 404 included; AzureMlError `invalid` for a compute that is no cluster. */
  async get(cluster: ArmId, signal: AbortSignal): Promise<ComputeCluster> {
    const { subscriptionId, resourceGroup, workspace, name } = addressOf(cluster);
    const operations = this.parts.client(subscriptionId).computeOperations;
    const compute = await operations.get(resourceGroup, workspace, name, { abortSignal: signal });
    if (isCluster(compute)) return mapCluster(compute, cluster, this.parts.spell);
    throw new AzureMlError({
      kind: "invalid",
      code: "NotACluster",
      message: l10n.t(
        '"{0}" is a compute of type {1}, not a compute cluster.',
        nameOf(cluster),
        computeTypeOf(compute),
      ),
    });
  }

  /** The first page is a POST. Whether further ones are GET or POST is not known: the SDK sends GET, then POST is tried. */
  async listNodes(cluster: ArmId, signal: AbortSignal): Promise<NodeListing> {
    const { subscriptionId, resourceGroup, workspace, name } = addressOf(cluster);
    const operations = this.parts.client(subscriptionId).computeOperations;
    const nodes: unknown[] = [];
    let next: string | undefined;
    try {
      for await (const page of operations.listNodes(resourceGroup, workspace, name, { abortSignal: signal }).byPage()) {
        nodes.push(...page);
        next = getContinuationToken(page);
      }
    } catch (error) {
      const isRefused = isRestError(error) && [400, 404, 405].includes(error.statusCode ?? 0);
      if (next === undefined || !isRefused) throw error;
      nodes.push(...(await this.#postPages(next, signal)));
    }
    return { nodes: uniqueNodes(nodes) };
  }

  async #postPages(first: string, signal: AbortSignal): Promise<readonly unknown[]> {
    const nodes: unknown[] = [];
    const seen = new Set<string>();
    for (let link: string | undefined = first; link !== undefined && !seen.has(link);) {
      seen.add(link);
      const page = fieldsOf(await this.parts.rest.read({ path: link, method: "POST", signal }));
      nodes.push(...listOf(page["nodes"]));
      link = textOf(page["nextLink"]);
    }
    return nodes;
  }
}

function uniqueNodes(entries: readonly unknown[]): readonly ClusterNode[] {
  const nodes = entries.map(mapNode).filter((node) => node !== undefined);
  return [...new Map(nodes.map((node) => [node.nodeId, node])).values()];
}

/** Whether an answer says that the thing itself is not there; a bare 404 of some proxy says nothing about Azure. */
export function isAbsent(error: unknown): boolean {
  return error instanceof AzureMlError && error.kind === "notFound" && error.code !== undefined;
}
