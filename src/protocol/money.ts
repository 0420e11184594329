import { type Advice, type AdviceRule } from "../core/advice";
import { type ArmId } from "../core/armId";
import { type MoneyRow } from "../core/moneyTable";
import { type QuotaBar } from "../core/quotaBars";
import { type Contract, type Parsers } from "./channel";
import { asRule } from "./cost";
import { asNull, asRecord, asTexts } from "./parse";
import { asClusterId } from "./resourceId";

/** Quota of one region of one subscription. */
export interface QuotaPlace {
  readonly subscription: ArmId;
  readonly subscriptionName: string;
  readonly location: string;
  readonly bars: readonly QuotaBar[];
  /** Why `bars` is empty. */
  readonly problem?: string | undefined;
}

/** Something that could not be read and is missing from the figures. */
export interface UnreadScope {
  readonly name: string;
  readonly reason: string;
}

/** Everything on the money page; sent again whenever something of it changes. */
export interface MoneyFacts {
  readonly simulated: boolean;
  readonly currency: string;
  /** ISO 8601, when the figures were put together. */
  readonly asOf: string;
  readonly rows: readonly MoneyRow[];
  readonly places: readonly QuotaPlace[];
  /** The biggest saving first. */
  readonly advice: readonly Advice[];
  readonly unread: readonly UnreadScope[];
  /** Workspaces or prices are still being read. */
  readonly reading: boolean;
}

export interface MoneyContract extends Contract {
  readonly init: MoneyFacts;
  readonly requests: {
    readonly openCost: { in: { cluster: ArmId }; out: null };
    /** Asks first, with a list of what will change. */
    readonly scaleToZero: { in: { clusters: readonly ArmId[] }; out: null };
    readonly follow: { in: { cluster: ArmId; rule: AdviceRule }; out: null };
    /** Rows in the order shown. `saved` false: the person gave up. */
    readonly exportCsv: { in: { clusters: readonly ArmId[] }; out: { saved: boolean } };
    readonly refresh: { in: null; out: null };
  };
  readonly events: {
    readonly facts: MoneyFacts;
  };
}

/** More clusters than a subscription may have (2,500 per region, azure-ai-docs how-to-manage-quotas, 2026-01-27). */
const mostClusters = 20_000;
const longestId = 400;

export const moneyParsers: Parsers<MoneyContract> = {
  openCost: (input) => ({ cluster: asClusterId(asRecord(input, "input", ["cluster"]).cluster, "input.cluster") }),
  scaleToZero: parseClusters,
  follow: (input) => {
    const { cluster, rule } = asRecord(input, "input", ["cluster", "rule"]);
    return { cluster: asClusterId(cluster, "input.cluster"), rule: asRule(rule, "input.rule") };
  },
  exportCsv: parseClusters,
  refresh: asNull,
};

function parseClusters(input: unknown): { clusters: readonly ArmId[] } {
  const { clusters } = asRecord(input, "input", ["clusters"]);
  const ids = asTexts(clusters, "input.clusters", mostClusters, longestId);
  return { clusters: ids.map((id, index) => asClusterId(id, `input.clusters[${index}]`)) };
}
