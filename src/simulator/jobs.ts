import { type ClusterState, type JobState, type NodeState } from "./model";

/** Gives waiting jobs, first come first served, the idle nodes that they ask for. */
export function startJobs(cluster: ClusterState, now: number): void {
  for (const job of cluster.jobs) {
    if (job.endsAt !== undefined) continue;
    const idle = cluster.nodes.filter((node) => node.phase === "idle");
    if (idle.length < job.nodes) return;
    job.endsAt = now + job.seconds * 1000;
    for (const node of idle.slice(0, job.nodes)) {
      enterPhase(node, "running", now);
      node.jobId = job.id;
    }
  }
}

export function finishJobs(cluster: ClusterState, now: number): void {
  for (const job of cluster.jobs.filter((candidate) => (candidate.endsAt ?? Infinity) <= now))
    endJob(cluster, job, now);
}

/** Takes a job off its nodes: done, or failed because a node of it went away (the person must start it again). */
export function endJob(cluster: ClusterState, job: JobState, now: number): void {
  cluster.jobs = cluster.jobs.filter((other) => other !== job);
  for (const node of cluster.nodes) {
    if (node.jobId !== job.id) continue;
    delete node.jobId;
    if (node.phase === "running") enterPhase(node, "idle", now);
  }
}

export function enterPhase(node: NodeState, phase: NodeState["phase"], now: number, until?: number): void {
  node.phase = phase;
  node.since = now;
  if (until === undefined) delete node.until;
  else node.until = until;
}
