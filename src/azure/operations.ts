import * as l10n from "@vscode/l10n";
import { type AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { type PipelineResponse } from "@azure/core-rest-pipeline";
import { type Clock } from "../app/ports";
import { type ArmId } from "../core/armId";
import { type ComputeCluster, type ScaleSettings } from "../core/cluster";
import { type JsonObject } from "../core/computeBody";
import { type ClusterDraft } from "../core/draft";
import { AzureMlError, isAbort } from "../core/errors";
import { type OperationKind, type PendingOperation } from "../core/operation";
import { type Workspace } from "../core/workspace";
import { mlApiVersion } from "./armPipelines";
import { type ArmRest } from "./armRest";
import { type Cloud, isResourceManager } from "./cloud";
import { clusterBody, scaleBody } from "./clusterBody";
import { addressOf, isAbsent } from "./computes";
import { isVague } from "./errorBody";
import { fieldsOf, parseJson, propertiesOf, textOf } from "./looseJson";
import { kindOf, mapError, mapOperationFailure, mapResponse, retryAfterOf } from "./mapError";
import { addressIn, sendWrite } from "./sendWrite";

export interface OperationsParts {
  readonly cloud: Cloud;
  readonly client: (subscriptionId: string) => AzureMachineLearningWorkspaces;
  readonly rest: ArmRest;
  readonly clock: Clock;
  /** Between two polls where Azure names no time; AmlCompute operations name none (azure-api/NOTES 0.5). */
  readonly pollMs: number;
  /** The cluster as it is, undefined when it does not exist. */
  readonly getCluster: (cluster: ArmId, signal: AbortSignal) => Promise<ComputeCluster | undefined>;
}

/** Waits between failed polls grow to this. */
const longestBackoffMs = 60_000;
/** Answers in a row that make no sense before the operation is given up; a lost network is waited out instead. */
const mostGarbledPolls = 5;

/**
 * Writes: the SDK sends them; waiting for their end is ours, because it must go on after a window reload, outlast a broken
 * network and tell why an operation failed, of which the SDK's poller does none.
 */
export class Operations {
  constructor(private readonly parts: OperationsParts) {}

  /** PUT. An answer that names no operation leaves the resource itself to be watched. */
  async beginCreate(
    workspace: Workspace,
    cluster: ArmId,
    draft: ClusterDraft,
    signal: AbortSignal,
  ): Promise<PendingOperation> {
    const { resourceGroup, workspace: workspaceName, name } = addressOf(cluster);
    const operations = this.#client(cluster);
    const body = clusterBody(workspace, draft);
    const answer = await sendWrite(
      (options) => operations.beginCreateOrUpdate(resourceGroup, workspaceName, name, body, options),
      signal,
    );
    return this.#pending("create", cluster, answer) ?? this.#watchResource("create", cluster);
  }

  /** PUT by REST: the SDK would leave out what its model does not know, and Azure resets what a PUT leaves out. */
  async beginUpdate(cluster: ArmId, body: JsonObject, signal: AbortSignal): Promise<PendingOperation | undefined> {
    const { rest } = this.parts;
    const answer = await rest.send({ path: cluster, apiVersion: mlApiVersion, method: "PUT", body, signal });
    return this.#pending("update", cluster, answer);
  }

  /** PATCH. @returns undefined for a 200 that names no operation: nothing was left to do (azure-api/NOTES 0.1). */
  async beginScale(cluster: ArmId, scale: ScaleSettings, signal: AbortSignal): Promise<PendingOperation | undefined> {
    const { resourceGroup, workspace, name } = addressOf(cluster);
    const operations = this.#client(cluster);
    const body = { properties: { scaleSettings: scaleBody(scale) } };
    const answer = await sendWrite(
      (options) => operations.beginUpdate(resourceGroup, workspace, name, body, options),
      signal,
    );
    return this.#pending("scale", cluster, answer);
  }

  /** DELETE with the nodes. @returns undefined for 200 and 204. @throws the SDK's 404 when the answer was one. */
  async beginDelete(cluster: ArmId, signal: AbortSignal): Promise<PendingOperation | undefined> {
    const { resourceGroup, workspace, name } = addressOf(cluster);
    const operations = this.#client(cluster);
    const answer = await sendWrite(
      (options) => operations.beginDelete(resourceGroup, workspace, name, "Delete", options),
      signal,
    );
    return this.#pending("delete", cluster, answer);
  }

  /** Polls until the end; see the port. Lost networks, 5xx and 429 are waited out. */
  async finish(operation: PendingOperation, signal: AbortSignal): Promise<void> {
    const { cloud, clock, pollMs } = this.parts;
    if (!isResourceManager(cloud, operation.resumeToken)) throw unusableToken();
    let waitMs = pollMs;
    let troubles = 0;
    let garbled = 0;
    for (;;) {
      await clock.sleep(waitMs, signal);
      try {
        const poll = await this.#poll(operation, signal);
        if (poll === "done") return;
        waitMs = poll.waitMs ?? pollMs;
        troubles = 0;
        garbled = 0;
      } catch (failure) {
        const error = mapError(failure, { signal, now: clock.now() });
        if (!(error instanceof AzureMlError) || !isPassing(error)) throw error;
        // A status means that something did answer, only not Azure.
        if (error.kind === "network" && error.statusCode !== undefined && ++garbled >= mostGarbledPolls) throw error;
        troubles += 1;
        waitMs = error.retryAfterMs ?? Math.min(pollMs * 2 ** troubles, longestBackoffMs);
      }
    }
  }

  async #poll(operation: PendingOperation, signal: AbortSignal): Promise<"done" | { waitMs: number | undefined }> {
    const { rest, clock } = this.parts;
    let response: PipelineResponse;
    try {
      response = await rest.send({ path: operation.resumeToken, signal });
    } catch (failure) {
      const error = mapError(failure, { signal, now: clock.now() });
      if (operation.kind === "delete" && isResourceOf(operation) && isAbsent(error)) return "done";
      throw error;
    }
    const waiting = { waitMs: retryAfterOf(response, clock.now()) };
    const body = parseJson(response.bodyAsText);
    const state = textOf(fieldsOf(body)["status"]) ?? textOf(propertiesOf(body)["provisioningState"]);
    switch (state?.toLowerCase()) {
      case "succeeded":
        return operation.kind === "delete" && isResourceOf(operation) ? waiting : "done";
      case "failed":
      case "canceled":
      case "cancelled":
        throw await this.#failureOf(operation, body, response.headers.get("x-ms-request-id"), signal);
      case undefined:
        if (response.status === 204) return "done";
        if (response.status === 202) return waiting;
        throw mapResponse(response, { now: clock.now() });
      default:
        return waiting;
    }
  }

  /** Azure's reason; where a failed create is told in a word that says nothing, the cluster it left behind knows more. */
  async #failureOf(
    operation: PendingOperation,
    body: unknown,
    requestId: string | undefined,
    signal: AbortSignal,
  ): Promise<Error> {
    const failure = mapOperationFailure(body, requestId);
    if (operation.kind !== "create" || !isVague(failure.code)) return failure;
    try {
      const cluster = await this.parts.getCluster(operation.cluster, signal);
      const reason = cluster?.provisioningErrors.find(({ message }) => message !== "");
      if (reason === undefined) return failure;
      const { code, message, path } = reason;
      return new AzureMlError({
        kind: kindOf(undefined, { message, path: [...path, code] }),
        code,
        message,
        requestId,
      });
    } catch (error) {
      return isAbort(error) ? (error as Error) : failure;
    }
  }

  #client(cluster: ArmId): AzureMachineLearningWorkspaces["computeOperations"] {
    return this.parts.client(addressOf(cluster).subscriptionId).computeOperations;
  }

  #pending(kind: OperationKind, cluster: ArmId, answer: PipelineResponse): PendingOperation | undefined {
    const resumeToken = addressIn(answer);
    if (resumeToken !== undefined) return { kind, cluster, resumeToken };
    return answer.status === 202 ? this.#watchResource(kind, cluster) : undefined;
  }

  #watchResource(kind: OperationKind, cluster: ArmId): PendingOperation {
    const resumeToken = `${this.parts.cloud.resourceManager}${encodeURI(cluster)}?api-version=${mlApiVersion}`;
    return { kind, cluster, resumeToken };
  }
}

/** Whether the cluster itself is asked, for want of an operation's address. */
function isResourceOf({ resumeToken, cluster }: PendingOperation): boolean {
  return decodeURI(new URL(resumeToken).pathname).toLowerCase() === cluster.toLowerCase();
}

function isPassing(error: AzureMlError): boolean {
  return error.kind === "network" || error.kind === "unavailable" || error.kind === "throttled";
}

function unusableToken(): AzureMlError {
  return new AzureMlError({
    kind: "invalid",
    code: "UnexpectedHost",
    message: l10n.t(
      "The remembered address of this operation is not one of Azure Resource Manager. Nothing was sent there.",
    ),
  });
}
