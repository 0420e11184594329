import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { type ActivityTrace } from "../../app/activityTrace";
import { AlertCenter } from "../../app/alertCenter";
import { AwaitedStates } from "../../app/awaitedStates";
import { type ClusterChanges } from "../../app/clusterChanges";
import { ClusterHistories } from "../../app/clusterHistories";
import { ClusterObserver } from "../../app/clusterObserver";
import { type ClusterStore } from "../../app/clusterStore";
import { Diagnoses } from "../../app/diagnoses";
import { NodeSightings } from "../../app/nodeSightings";
import { type Clock, type Logger, type Memory } from "../../app/ports";
import { type Refresher } from "../../app/refresher";
import { type Scheduler } from "../../app/scheduler";
import { type Sessions } from "../../app/session";
import { type SharedFolder } from "../../app/sharedAnswers";
import { Timeline, type TimelineStorage } from "../../app/timeline";
import { type Watcher } from "../../app/watcher";
import { ZeroAndBack } from "../../app/zeroAndBack";
import { type ArmId, nameOf } from "../../core/armId";
import { registerActivity } from "../activity/registerActivity";
import { alertSettings } from "../alerts/alertTexts";
import { registerAlerts } from "../alerts/registerAlerts";
import { Remedies } from "../diagnosis/remedies";
import { DetailsPages } from "../details/detailsPages";
import { NodeActions } from "../details/nodeActions";
import { registerDetailsCommands } from "../details/registerDetails";
import { exportTimeline } from "../details/timelineExport";
import { type WebSites } from "../links";
import { type Targets } from "../pick/targets";
import { FailedAction, report } from "../report";
import { readSetting } from "../settings";
import { type ClustersView } from "../tree/clustersView";

export interface WatchingParts {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  readonly scheduler: Scheduler;
  readonly changes: ClusterChanges;
  readonly activity: ActivityTrace;
  readonly timelineStorage: TimelineStorage;
  /** Where windows agree on who tells an event; undefined: each tells. */
  readonly shared: SharedFolder | undefined;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly view: ClustersView;
  readonly targets: Targets;
  readonly webSites: WebSites;
  readonly session: () => Promise<true | undefined>;
  readonly log: Logger;
}

/** Watch and explain: pages of clusters, diagnosis with its remedies, timeline, alerts, request trace. */
export function registerWatching(parts: WatchingParts): vscode.Disposable {
  const { sessions, store, refresher, watcher, changes, clock, memory, view, targets, webSites, log } = parts;
  const observer = new ClusterObserver(store, sessions, clock);
  const histories = new ClusterHistories(observer);
  const diagnoses = new Diagnoses({ sessions, store, observer, histories, clock, log, inBackground });
  const timeline = new Timeline(observer, parts.timelineStorage, clock);
  const sightings = new NodeSightings(store, clock);
  const zeroAndBack = new ZeroAndBack(sessions, store, changes, watcher, clock, memory, log);
  const alerts = new AlertCenter({ observer, memory, wants: (kind) => readSetting(alertSettings[kind]), claim });
  const awaited = new AwaitedStates(observer, watcher, sessions, memory);
  const remedies = new Remedies({ sessions, store, changes, watcher, zeroAndBack, webSites });
  const nodeActions = new NodeActions({ sessions, store, webSites });
  const pages = new DetailsPages({
    ...{ sessions, store, diagnoses, timeline, sightings, refresher, watcher, remedies, nodeActions, log },
    now: () => clock.now(),
    extensionUri: parts.extensionUri,
    session: parts.session,
    exportTimeline: (cluster) => exportTimeline(cluster, timeline),
  });
  const openPage = (cluster: ArmId, diagnosing = false): void => {
    alerts.seen(cluster);
    pages.open(cluster, diagnosing);
  };

  /** Not at all where nothing may be asked unasked. */
  async function inBackground(scope: ArmId, reads: number, work: () => Promise<void>): Promise<void> {
    if (!watcher.mayAskUnasked) return;
    await parts.scheduler.run(scope, { read: reads }, work);
  }

  async function claim(eventKey: string): Promise<boolean> {
    const { current } = sessions;
    if (parts.shared === undefined || (current.kind === "signedIn" && current.source === "simulated")) return true;
    const name = `told-${createHash("sha256").update(eventKey).digest("hex").slice(0, 32)}`;
    return parts.shared.create(name, "").catch(() => true);
  }

  const listening = [
    changes.onDidBegin(({ kind, cluster }) => timeline.changed(cluster, kind, "begun")),
    changes.onDidFinish(({ kind, cluster, error }) =>
      timeline.changed(cluster, kind, error === undefined ? "done" : "failed"),
    ),
    zeroAndBack.onDidEnd(({ cluster, error }) => {
      if (error === undefined) {
        const text = vscode.l10n.t("{0} has its settings back.", nameOf(cluster));
        vscode.window.setStatusBarMessage(text, 5_000);
      } else {
        const tried = vscode.l10n.t("{0} did not get its settings back. Scale it by hand.", nameOf(cluster));
        void report(new FailedAction(tried, error), log);
      }
    }),
    sessions.onDidChange((session) => {
      if (session.kind === "signedIn") zeroAndBack.resume();
    }),
    alerts.onDidChangeUnseen((count) => view.setBadge(count)),
    view.onDidShow(() => alerts.seen()),
    vscode.window.onDidChangeWindowState(({ focused }) => watcher.setFocused(focused)),
  ];
  watcher.setFocused(vscode.window.state.focused);

  return vscode.Disposable.from(
    registerDetailsCommands({ targets, store, nodeActions, openPage, timeline, log }),
    registerAlerts({ alerts, awaited, targets, openPage: (cluster) => openPage(cluster, true), log }),
    registerActivity(parts.activity, log),
    ...[pages, awaited, alerts, sightings, timeline, diagnoses, histories, observer, ...listening].map(
      (part) =>
        new vscode.Disposable(() => {
          part.dispose();
        }),
    ),
  );
}
