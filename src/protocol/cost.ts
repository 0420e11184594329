import { type Advice, type AdviceRule } from "../core/advice";
import { type ComputeCluster, type ScaleSettings } from "../core/cluster";
import { type BillingAssumptions } from "../core/clusterCost";
import { type OperationKind } from "../core/operation";
import { type Price } from "../core/price";
import { type QuotaBar } from "../core/quotaBars";
import { type VmSize } from "../core/vmSize";
import { type Contract, type Parsers } from "./channel";
import { ProtocolError, asNull, asNumber, asOneOf, asRecord, asText } from "./parse";
import { asClusterId } from "./resourceId";

/** Everything that the cost form knows of its cluster; sent again whenever something of it changes. */
export interface CostFacts {
  readonly cluster: ComputeCluster;
  readonly workspaceName: string;
  readonly subscriptionName: string;
  readonly simulated: boolean;
  /** The currency that the person wants. */
  readonly currency: string;
  readonly assumptions: BillingAssumptions;
  readonly price?: Price | undefined;
  readonly lowPriorityPrice?: Price | undefined;
  readonly size?: VmSize | undefined;
  /** A price is on its way. */
  readonly asking: boolean;
  /** The write of ours that Azure is carrying out. */
  readonly pending?: OperationKind | undefined;
  /** Whether its settings can be changed now. */
  readonly resizable: boolean;
  /** The limits that the cluster counts against, the region's total first; empty while they are unknown. */
  readonly quota: readonly QuotaBar[];
  readonly quotaProblem?: string | undefined;
  readonly advice: readonly Advice[];
  /** Nodes that this VS Code saw being taken back. */
  readonly preemptions: number;
}

/** The cost form of an existing cluster. `facts` undefined: the cluster is gone. */
export interface CostContract extends Contract {
  readonly init: CostFacts;
  readonly requests: {
    /** Ends when Azure has accepted. */
    readonly apply: { in: ScaleSettings; out: null };
    /** Does what the advice's button says. */
    readonly follow: { in: { rule: AdviceRule }; out: null };
    readonly lowPriorityCopy: { in: null; out: null };
    readonly delete: { in: null; out: null };
    readonly openMoney: { in: null; out: null };
    readonly close: { in: null; out: null };
  };
  readonly events: {
    readonly facts: CostFacts;
    readonly gone: null;
  };
}

export const scaleFields = ["minNodeCount", "maxNodeCount", "idleSecondsBeforeScaleDown"] as const;
export type ScaleField = (typeof scaleFields)[number];

/** As typed: texts, also those that are no numbers. */
export type ScaleTexts = Readonly<Record<ScaleField, string>>;

/** What VS Code keeps while the form is hidden and over a reload. */
export interface SavedCostForm {
  readonly version: 1;
  readonly cluster: string;
  readonly texts: ScaleTexts;
}

const adviceRules: readonly AdviceRule[] = [
  "minimumWhileIdle",
  "longIdleTime",
  "unusableNodes",
  "lowPriorityWouldDo",
  "retiredSize",
  "asleepHoldingQuota",
];

export const costParsers: Parsers<CostContract> = {
  apply: parseScale,
  follow: (input) => ({ rule: asRule(asRecord(input, "input", ["rule"]).rule, "input.rule") }),
  lowPriorityCopy: asNull,
  delete: asNull,
  openMoney: asNull,
  close: asNull,
};

/** @throws ProtocolError unless the value is a rule of advice. */
export function asRule(value: unknown, path: string): AdviceRule {
  return asOneOf(value, path, adviceRules);
}

/** Numbers of the right type; the rules say whether they make sense. @throws ProtocolError. */
export function parseScale(input: unknown): ScaleSettings {
  const scale = asRecord(input, "scale", scaleFields);
  return {
    minNodeCount: asNumber(scale.minNodeCount, "scale.minNodeCount"),
    maxNodeCount: asNumber(scale.maxNodeCount, "scale.maxNodeCount"),
    idleSecondsBeforeScaleDown: asNumber(scale.idleSecondsBeforeScaleDown, "scale.idleSecondsBeforeScaleDown"),
  };
}

/** For what VS Code hands back after a reload, which may come from another version. @throws ProtocolError. */
export function parseSavedCostForm(input: unknown): SavedCostForm {
  const saved = asRecord(input, "form", ["version", "cluster", "texts"]);
  if (saved.version !== 1) throw new ProtocolError("form.version", "1");
  const texts = asRecord(saved.texts, "form.texts", scaleFields);
  return {
    version: 1,
    cluster: asClusterId(saved.cluster, "form.cluster"),
    texts: {
      minNodeCount: asText(texts.minNodeCount, "form.texts.minNodeCount", longestNumber),
      maxNodeCount: asText(texts.maxNodeCount, "form.texts.maxNodeCount", longestNumber),
      idleSecondsBeforeScaleDown: asText(
        texts.idleSecondsBeforeScaleDown,
        "form.texts.idleSecondsBeforeScaleDown",
        longestNumber,
      ),
    },
  };
}

const longestNumber = 100;
