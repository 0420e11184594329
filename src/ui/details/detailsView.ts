import { type ClusterStore } from "../../app/clusterStore";
import { type Diagnoses, type Diagnosis } from "../../app/diagnoses";
import { type NodeSightings } from "../../app/nodeSightings";
import { type Sessions } from "../../app/session";
import { type Timeline } from "../../app/timeline";
import { type ArmId, nameOf, subscriptionOf, workspaceOf } from "../../core/armId";
import { sshCommand } from "../../core/sshCommand";
import { type WireError } from "../../protocol/channel";
import { type DetailsView, type DiagnosisView } from "../../protocol/details";
import { wireErrorOf } from "../forms/serve";

export interface DetailsFacts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly diagnoses: Diagnoses;
  readonly timeline: Timeline;
  readonly sightings: NodeSightings;
  readonly now: () => number;
}

/** Everything that is known of a cluster now, for its page. */
export function detailsView(id: ArmId, facts: DetailsFacts, diagnosis: Diagnosis | undefined): DetailsView {
  const { sessions, store, timeline, sightings, now } = facts;
  const cluster = store.cluster(id);
  const computes = store.computes(workspaceOf(id));
  const nodes = store.nodes(id);
  const wire = (error: unknown): WireError | undefined => (error === undefined ? undefined : wireErrorOf(error));
  return {
    cluster,
    id,
    name: cluster?.name ?? nameOf(id),
    workspaceName: nameOf(workspaceOf(id)),
    subscriptionName: store.subscription(subscriptionOf(id))?.displayName ?? "",
    simulated: sessions.current.kind === "signedIn" && sessions.current.source === "simulated",
    updatedAt: computes.updatedAt,
    stale: wire(computes.error),
    pending: store.pending(id)?.kind,
    nodes: (nodes.value ?? []).map((node) => ({
      node,
      since: sightings.since(id, node),
      ssh: cluster && sshCommand(cluster, node),
    })),
    nodesError: wire(nodes.error),
    diagnosis: diagnosis && diagnosisView(diagnosis),
    timeline: timeline.entries(id).map(({ at, event }) => ({ at, event })),
    samples: timeline.samples(id),
    now: now(),
  };
}

function diagnosisView({ at, causes }: Diagnosis): DiagnosisView {
  return {
    at,
    causes: causes.map(({ rule, severity, likelihood, message, advice, evidence, remedies }) => ({
      rule,
      severity,
      likelihood,
      message,
      advice,
      evidence,
      remedies: remedies.map(({ label }) => label),
    })),
  };
}
