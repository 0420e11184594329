import * as vscode from "vscode";
import { type Timeline } from "../../app/timeline";
import { type ArmId } from "../../core/armId";

/** Opens what was seen of a cluster as JSON, times in UTC, to read, save or hand on. */
export async function exportTimeline(cluster: ArmId, timeline: Timeline): Promise<void> {
  await timeline.loaded;
  const content = JSON.stringify(
    {
      cluster,
      events: timeline.entries(cluster).map(({ at, event }) => ({ at: new Date(at).toISOString(), ...event })),
      nodes: timeline.samples(cluster).map(({ at, counts }) => ({ at: new Date(at).toISOString(), ...counts })),
    },
    undefined,
    2,
  );
  const document = await vscode.workspace.openTextDocument({ language: "json", content });
  await vscode.window.showTextDocument(document);
}
