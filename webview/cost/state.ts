import { type ScaleSettings } from "../../src/core/cluster";
import { sameScale } from "../../src/core/scaleImpact";
import { type WireError } from "../../src/protocol/channel";
import { type CostFacts, type SavedCostForm, type ScaleField, type ScaleTexts } from "../../src/protocol/cost";

export type CostState = Opening | OpenCostForm;

export interface Opening {
  readonly kind: "opening";
  readonly error?: WireError | undefined;
}

/**
 * `editing`: `note` says what came of the last try. `sending`: Azure has not answered. `accepted`: it has, and the cluster
 * follows; what it is doing shows in `facts`.
 */
export type Phase =
  | { readonly kind: "editing" }
  | { readonly kind: "sending"; readonly scale: ScaleSettings }
  | { readonly kind: "accepted"; readonly scale: ScaleSettings };

export interface OpenCostForm {
  readonly kind: "open";
  readonly facts: CostFacts;
  readonly texts: ScaleTexts;
  readonly phase: Phase;
  readonly error?: WireError | undefined;
  /** The cluster no longer exists. */
  readonly gone: boolean;
  /** Counts refused submits: each moves the focus to the first bad field. */
  readonly refusals: number;
}

export type CostEvent =
  | { readonly type: "opened"; readonly facts: CostFacts; readonly saved?: SavedCostForm | undefined }
  | { readonly type: "openFailed"; readonly error: WireError }
  | { readonly type: "facts"; readonly facts: CostFacts }
  | { readonly type: "gone" }
  | { readonly type: "typed"; readonly field: ScaleField; readonly text: string }
  | { readonly type: "reset" }
  | { readonly type: "refused" }
  | { readonly type: "sent"; readonly scale: ScaleSettings }
  | { readonly type: "accepted" }
  | { readonly type: "failed"; readonly error: WireError };

export const opening: CostState = { kind: "opening" };

export function reduce(state: CostState, event: CostEvent): CostState {
  if (event.type === "openFailed") return state.kind === "open" ? state : { kind: "opening", error: event.error };
  if (event.type === "opened") return opened(state, event.facts, event.saved);
  return state.kind === "open" ? reduceOpen(state, event) : state;
}

function opened(state: CostState, facts: CostFacts, saved: SavedCostForm | undefined): OpenCostForm {
  if (state.kind === "open") return { ...state, facts, gone: false };
  const same = saved !== undefined && saved.cluster.toLowerCase() === facts.cluster.id.toLowerCase();
  return {
    kind: "open",
    facts,
    texts: same ? saved.texts : textsOf(facts.cluster.scaleSettings),
    phase: { kind: "editing" },
    gone: false,
    refusals: 0,
  };
}

function reduceOpen(state: OpenCostForm, event: Exclude<CostEvent, { type: "opened" | "openFailed" }>): OpenCostForm {
  switch (event.type) {
    case "facts":
      return withFacts(state, event.facts);
    case "gone":
      return { ...state, gone: true };
    case "typed":
      if (state.texts[event.field] === event.text) return state;
      return {
        ...state,
        texts: { ...state.texts, [event.field]: event.text },
        phase: state.phase.kind === "accepted" ? { kind: "editing" } : state.phase,
        error: undefined,
      };
    case "reset":
      return {
        ...state,
        texts: textsOf(state.facts.cluster.scaleSettings),
        phase: { kind: "editing" },
        error: undefined,
      };
    case "refused":
      return { ...state, refusals: state.refusals + 1 };
    case "sent":
      return { ...state, phase: { kind: "sending", scale: event.scale }, error: undefined };
    case "accepted":
      return state.phase.kind === "sending" ? { ...state, phase: { ...state.phase, kind: "accepted" } } : state;
    case "failed":
      return { ...state, phase: { kind: "editing" }, error: event.error };
  }
}

/** Who has typed nothing sees the cluster's own settings, also when somebody else changes them. */
function withFacts(state: OpenCostForm, facts: CostFacts): OpenCostForm {
  const before = textsOf(state.facts.cluster.scaleSettings);
  const untouched = JSON.stringify(before) === JSON.stringify(state.texts);
  return { ...state, facts, texts: untouched ? textsOf(facts.cluster.scaleSettings) : state.texts };
}

export function textsOf(scale: ScaleSettings): ScaleTexts {
  return {
    minNodeCount: String(scale.minNodeCount),
    maxNodeCount: String(scale.maxNodeCount),
    idleSecondsBeforeScaleDown: String(scale.idleSecondsBeforeScaleDown),
  };
}

/** NaN for what is no whole number. Full-width digits count as digits. */
export function scaleOf(texts: ScaleTexts): ScaleSettings {
  return {
    minNodeCount: wholeNumber(texts.minNodeCount),
    maxNodeCount: wholeNumber(texts.maxNodeCount),
    idleSecondsBeforeScaleDown: wholeNumber(texts.idleSecondsBeforeScaleDown),
  };
}

function wholeNumber(text: string): number {
  const plain = text.normalize("NFKC").trim();
  return /^-?\d+$/.test(plain) ? Number(plain) : Number.NaN;
}

/** Where a change that Azure accepted stands. */
export type Progress = "none" | "accepted" | "following" | "done" | "other";

/**
 * `accepted`: Azure is at work and the cluster still shows its old settings. `following`: the settings hold, nodes come or go.
 * `done`: nothing moves any more. `other`: the cluster has settings that are neither, so somebody changed them.
 */
export function progressOf({ phase, facts }: OpenCostForm): Progress {
  if (phase.kind !== "accepted") return "none";
  if (facts.pending !== undefined) return "accepted";
  const { cluster } = facts;
  if (!sameScale(cluster.scaleSettings, phase.scale)) return "other";
  const { preparing, leaving } = cluster.nodeCounts;
  const moving = cluster.allocationState === "resizing" || preparing + leaving > 0;
  return moving || cluster.currentNodeCount < phase.scale.minNodeCount ? "following" : "done";
}
