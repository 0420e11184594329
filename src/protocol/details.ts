import { type ArmId, isArmId } from "../core/armId";
import { type ClusterNode, type ComputeCluster } from "../core/cluster";
import { type Likelihood } from "../core/diagnosis/cause";
import { type Severity } from "../core/finding";
import { type OperationKind } from "../core/operation";
import { type NodeSample, type TimelineEvent } from "../core/timeline";
import { type Contract, type Parsers, type WireError } from "./channel";
import { ProtocolError, asNull, asNumber, asOneOf, asRecord, asText } from "./parse";

/** Everything the page shows. Sent anew whenever something of it has changed. Times in ms since the epoch, this machine's. */
export interface DetailsView {
  /** Undefined once the cluster is gone. */
  readonly cluster: ComputeCluster | undefined;
  readonly id: string;
  readonly name: string;
  readonly workspaceName: string;
  readonly subscriptionName: string;
  readonly simulated: boolean;
  readonly updatedAt?: number | undefined;
  /** Why what is shown is not up to date. */
  readonly stale?: WireError | undefined;
  readonly pending?: OperationKind | undefined;
  readonly nodes: readonly NodeView[];
  readonly nodesError?: WireError | undefined;
  readonly diagnosis?: DiagnosisView | undefined;
  /** The newest last. */
  readonly timeline: readonly TimelineView[];
  readonly samples: readonly NodeSample[];
  readonly now: number;
}

export interface NodeView {
  readonly node: ClusterNode;
  /** Since when this window has seen it in its state. */
  readonly since?: number | undefined;
  /** The command that opens a shell on it, where SSH is open. */
  readonly ssh?: string | undefined;
}

export interface DiagnosisView {
  readonly at: number;
  readonly causes: readonly CauseView[];
}

export interface CauseView {
  readonly rule: string;
  readonly severity: Severity;
  readonly likelihood: Likelihood;
  readonly message: string;
  readonly advice: string;
  readonly evidence: readonly string[];
  /** Labels of what can be done, by their place in the list. */
  readonly remedies: readonly string[];
}

export interface TimelineView {
  readonly at: number;
  readonly event: TimelineEvent;
}

/** What a page asks for by place: what it means is known to the host alone. */
export interface RemedyChoice {
  /** When the diagnosis was made that the page shows. */
  readonly at: number;
  readonly cause: number;
  readonly remedy: number;
}

export type NodeAction = "copySsh" | "openTerminal" | "openRun";

export interface DetailsContract extends Contract {
  readonly init: DetailsView;
  readonly requests: {
    readonly refresh: { in: null; out: null };
    readonly diagnose: { in: null; out: null };
    readonly remedy: { in: RemedyChoice; out: null };
    readonly node: { in: { nodeId: string; action: NodeAction }; out: null };
    /** The cluster's JSON as Azure gives it. */
    readonly json: { in: null; out: { text: string } };
    readonly copySummary: { in: null; out: null };
    readonly exportTimeline: { in: null; out: null };
  };
  readonly events: { readonly view: DetailsView };
}

const longestNodeId = 300;

export const detailsParsers: Parsers<DetailsContract> = {
  refresh: asNull,
  diagnose: asNull,
  remedy: (input) => {
    const { at, cause, remedy } = asRecord(input, "input", ["at", "cause", "remedy"]);
    return {
      at: asNumber(at, "input.at"),
      cause: asNumber(cause, "input.cause"),
      remedy: asNumber(remedy, "input.remedy"),
    };
  },
  node: (input) => {
    const { nodeId, action } = asRecord(input, "input", ["nodeId", "action"]);
    return {
      nodeId: asText(nodeId, "input.nodeId", longestNodeId),
      action: asOneOf(action, "input.action", ["copySsh", "openTerminal", "openRun"]),
    };
  },
  json: asNull,
  copySummary: asNull,
  exportTimeline: asNull,
};

/** Which cluster a page was about, kept over a window reload. */
export interface SavedDetails {
  readonly version: 1;
  readonly cluster: ArmId;
}

/** @throws ProtocolError unless it is a cluster's id: it becomes a path. */
export function parseSavedDetails(input: unknown): SavedDetails {
  const saved = asRecord(input, "page", ["version", "cluster"]);
  if (saved.version !== 1) throw new ProtocolError("page.version", "1");
  const id = asText(saved.cluster, "page.cluster", 500);
  const pattern =
    /^\/subscriptions\/[\w-]+\/resourceGroups\/[\p{L}\p{N}_().-]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[\w.-]+\/computes\/[\w-]+$/iu;
  if (!isArmId(id) || !pattern.test(id) || /\/\.{1,2}(\/|$)/.test(id)) {
    throw new ProtocolError("page.cluster", "a cluster's id");
  }
  return { version: 1, cluster: id };
}
