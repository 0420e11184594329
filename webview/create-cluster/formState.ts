import { regionKey } from "../../src/core/account";
import { type ArmId, isArmId } from "../../src/core/armId";
import { type ClusterDraft } from "../../src/core/draft";
import { type Finding } from "../../src/core/finding";
import { type RegionCandidate } from "../../src/core/regionComparison";
import { type SizeCriteria, type SizeSort } from "../../src/core/sizeFilter";
import { type VmSize, vmSizeKey } from "../../src/core/vmSize";
import { type WireError } from "../../src/protocol/channel";
import {
  type ChoiceFacts,
  type Choices,
  type CreateClusterInit,
  type Creation,
  type DraftField,
  type DraftTexts,
  type PriceAnswer,
  type RegionSizes,
  type SavedForm,
  type StartingDraft,
  type SurroundingFacts,
} from "../../src/protocol/createCluster";
import { type PickerEvent, type PickerState } from "../shared/identityPickerState";
import { draftOf, linesOf } from "./draftTexts";
import { type Picker, type PickerMove } from "./picker";

/** Everything the form shows, before `init` has come and after. */
export type FormState = Opening | OpenForm;

export interface Opening {
  readonly kind: "opening";
  readonly error?: WireError | undefined;
}

export interface OpenForm {
  readonly kind: "open";
  readonly init: CreateClusterInit;
  readonly texts: DraftTexts;
  /** Fields whose findings are on show: left once, or typed far enough to be judged. */
  readonly touched: readonly DraftField[];
  readonly advancedOpen: boolean;
  /** Keyed by `regionKey`; a region that is not in here has not been asked for. */
  readonly sizes: Readonly<Record<string, Sizes>>;
  /** Keyed by `priceKey`; null: asked for, or not to be had. */
  readonly prices: Readonly<Record<string, PriceAnswer | null>>;
  /** Undefined: not asked for; null: on its way. */
  readonly surroundings: SurroundingFacts | null | undefined;
  /** Keyed by `choicesKey`; null: on its way. */
  readonly choices: Readonly<Record<string, ChoiceFacts | null>>;
  readonly comparison: Comparison | undefined;
  readonly picker: Picker;
  /** Filters beside the text that is typed. */
  readonly filters: SizeCriteria;
  readonly sort: SizeSort;
  readonly favourites: readonly string[];
  /** What is being looked for among the identities. */
  readonly identitySearch: Pick<PickerState, "search" | "paste" | "pasteRefused">;
  readonly phase: Phase;
  /** Of the host, about the draft as it was sent; let go when the field it is about changes. */
  readonly hostFindings: readonly Finding[];
  readonly error?: WireError | undefined;
  /** A cluster that Azure could not finish, and that still holds its name. */
  readonly failedCluster?: ArmId | undefined;
  /** Where the draft came from, or where it was saved, with what could not be taken over. */
  readonly notice?: { readonly text: string; readonly findings: readonly Finding[] } | undefined;
  /** Counts refused submits: each moves the focus to the first bad field. */
  readonly refusals: number;
}

export interface Comparison {
  readonly vmSize: string;
  readonly candidates: readonly RegionCandidate[];
  readonly done: boolean;
}

export type Sizes =
  | { readonly kind: "loading" }
  | { readonly kind: "loaded"; readonly sizes: RegionSizes }
  | { readonly kind: "failed"; readonly error: WireError };

/** `resumed`: begun by an earlier drawing of this form, so that this one cannot cancel it. */
export type Phase =
  | { readonly kind: "editing"; readonly note?: "stopped" | undefined }
  | { readonly kind: "creating"; readonly name: string; readonly resumed: boolean }
  | { readonly kind: "accepted"; readonly name: string; readonly clusterId: ArmId; readonly ready: boolean };

export type FormEvent =
  | { readonly type: "opened"; readonly init: CreateClusterInit; readonly saved?: SavedForm | undefined }
  | { readonly type: "openFailed"; readonly error: WireError }
  | { readonly type: "typed"; readonly field: DraftField; readonly text: string }
  | { readonly type: "left"; readonly field: DraftField }
  | { readonly type: "advancedToggled"; readonly open: boolean }
  | { readonly type: "sizesAsked"; readonly region: string }
  | { readonly type: "sizesLoaded"; readonly region: string; readonly sizes: RegionSizes }
  | { readonly type: "sizesFailed"; readonly region: string; readonly error: WireError }
  | { readonly type: "priceIs"; readonly key: string; readonly price: PriceAnswer | null }
  | { readonly type: "surroundingsAre"; readonly facts: SurroundingFacts | null }
  | { readonly type: "choicesAre"; readonly key: string; readonly facts: ChoiceFacts | null }
  | { readonly type: "compareAsked"; readonly vmSize: string }
  | { readonly type: "compared"; readonly vmSize: string; readonly candidate: RegionCandidate }
  | { readonly type: "compareEnded"; readonly vmSize: string }
  | { readonly type: "compareClosed" }
  | { readonly type: "pickerOpened"; readonly names: readonly string[] }
  | { readonly type: "pickerClosed" }
  | { readonly type: "pickerLeft"; readonly names: readonly string[] }
  | { readonly type: "pickerQueried"; readonly query: string }
  | { readonly type: "pickerMoved"; readonly move: PickerMove; readonly names: readonly string[] }
  | { readonly type: "pickerScrolled"; readonly first: number }
  | { readonly type: "filtered"; readonly filters: Partial<SizeCriteria> }
  | { readonly type: "sorted"; readonly sort: SizeSort }
  | { readonly type: "starred"; readonly name: string }
  | { readonly type: "sizeChosen"; readonly name: string }
  | { readonly type: "takenNames"; readonly names: readonly string[] }
  | { readonly type: "refused" }
  | { readonly type: "creation"; readonly creation: Creation; readonly resumed: boolean }
  | { readonly type: "started"; readonly start: StartingDraft }
  | { readonly type: "noted"; readonly text: string; readonly findings: readonly Finding[] }
  | { readonly type: "noteClosed" }
  | { readonly type: "identity"; readonly event: PickerEvent }
  | { readonly type: "stopped" }
  | { readonly type: "another" }
  | { readonly type: "startedOver" };

export const opening: FormState = { kind: "opening" };

export function draft(state: OpenForm): ClusterDraft {
  return draftOf(state.texts);
}

export function sizesOf(state: OpenForm): Sizes | undefined {
  return state.sizes[regionKey(state.texts.location)];
}

/** The chosen size, once the region's sizes are known. */
export function chosenSize(state: OpenForm): VmSize | undefined {
  const sizes = sizesOf(state);
  if (sizes?.kind !== "loaded") return undefined;
  return sizes.sizes.vmSizes.find((size) => vmSizeKey(size.name) === vmSizeKey(state.texts.vmSize));
}

export function priceKey(region: string, vmSize: string): string {
  return `${regionKey(region)}/${vmSizeKey(vmSize)}`;
}

/** The retail price of what is chosen, if it has come. */
export function retailPrice(state: OpenForm): PriceAnswer | undefined {
  return state.prices[priceKey(state.texts.location, state.texts.vmSize)] ?? undefined;
}

/** The identity control's state: the choice lies in the texts, as every other field's. */
export function identityState(state: OpenForm): PickerState {
  const { kind } = draft(state).identity;
  return { kind, ids: linesOf(state.texts["identity.ids"]).filter((id) => isArmId(id)), ...state.identitySearch };
}

/** What the host is asked about the chosen subnet and identities; undefined when nothing is chosen. */
export function choicesOf(state: OpenForm): Choices | undefined {
  const { network, identity } = draft(state);
  const subnetId = network.kind === "subnet" ? network.subnetId : null;
  const identityIds = identity.kind === "userAssigned" ? identity.ids : [];
  return subnetId === null && identityIds.length === 0 ? undefined : { subnetId, identityIds };
}

export function choicesKey({ subnetId, identityIds }: Choices): string {
  return [subnetId ?? "", ...identityIds].join(" ").toLowerCase();
}
