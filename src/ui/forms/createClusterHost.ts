import * as l10n from "@vscode/l10n";
import { type Region, regionKey } from "../../core/account";
import { validateAdvancedDraft } from "../../core/advancedDraft";
import { type ArmId, armId, sameArmId, workspaceOf } from "../../core/armId";
import { type ClusterDraft, validateDraft } from "../../core/draft";
import { AzureMlError, isAbort } from "../../core/errors";
import { type Remedy, blocks } from "../../core/finding";
import { type RegionCandidate } from "../../core/regionComparison";
import { type Workspace } from "../../core/workspace";
import { type Handlers } from "../../protocol/channel";
import {
  type ChoiceFacts,
  type Choices,
  type CreateClusterContract,
  type CreateClusterInit,
  type CreateResult,
  type Creation,
  type NextStep,
  type PriceAnswer,
  type RegionSizes,
  type SavedForm,
  type SavedPreset,
  type StartingDraft,
  type SurroundingFacts,
} from "../../protocol/createCluster";
import { FormLeft, wireErrorOf } from "./serve";

export type InitFacts = Omit<CreateClusterInit, "saved" | "start">;

/** The use cases behind the form. Each throws AzureMlError, or an AbortError when `signal` fires. */
export interface CreateClusterUseCases {
  getInit(workspace: ArmId, signal: AbortSignal): Promise<InitFacts>;
  sizes(workspace: ArmId, region: string, signal: AbortSignal): Promise<RegionSizes>;
  price(workspace: ArmId, region: string, vmSize: string, signal: AbortSignal): Promise<PriceAnswer>;
  surroundings(workspace: ArmId, signal: AbortSignal): Promise<SurroundingFacts>;
  choices(choices: Choices, signal: AbortSignal): Promise<ChoiceFacts>;
  compare(workspace: ArmId, region: Region, vmSize: string, signal: AbortSignal): Promise<RegionCandidate>;
  /** Returns when Azure has accepted. */
  create(workspace: Workspace, draft: ClusterDraft, signal: AbortSignal): Promise<CreateResult>;
  setFavourites(names: readonly string[]): Promise<void>;
  makeKey(): Promise<{ publicKey: string; file: string } | undefined>;
  pickKey(): Promise<{ publicKey: string } | undefined>;
  savePreset(draft: ClusterDraft, workspace: Workspace): Promise<SavedPreset | undefined>;
  usePreset(workspace: Workspace): Promise<StartingDraft | undefined>;
  remedy(remedy: Remedy): Promise<void>;
  nextStep(step: NextStep): Promise<void>;
}

/** The panel, as far as its host needs it. */
export interface CreateClusterPanel {
  tell(creation: Creation): void;
  close(): void;
  /** What is typed, kept for after the panel. */
  keep(saved: SavedForm | undefined): void;
  kept(): SavedForm | undefined;
  /** Azure has accepted: what is kept belongs to that cluster from now on, in case its creation fails. */
  sent(cluster: ArmId): void;
}

/**
 * One open create form, whether its tab is shown or hidden. A creation outlives the tab: it ends only when Azure has
 * answered or when somebody pressed Cancel.
 */
export class CreateClusterHost {
  #facts: InitFacts | undefined;
  #creation: Creation | undefined;
  #start: StartingDraft | undefined;

  readonly handlers: Handlers<CreateClusterContract> = {
    sizes: ({ region }, signal) => this.useCases.sizes(this.workspace, this.#region(region).name, signal),
    price: ({ region, vmSize }, signal) =>
      this.useCases.price(this.workspace, this.#region(region).name, vmSize, signal),
    surroundings: (_, signal) => this.useCases.surroundings(this.workspace, signal),
    choices: (choices, signal) => this.useCases.choices(choices, signal),
    compare: ({ region, vmSize }, signal) =>
      this.useCases.compare(this.workspace, this.#region(region), vmSize, signal),
    create: (draft, signal) => this.#create(draft, signal),
    keep: async (saved) => {
      if (this.#creation?.kind !== "running") this.#creation = undefined;
      this.#start = undefined;
      this.panel.keep(saved);
      return Promise.resolve(null);
    },
    favourites: async ({ names }) => {
      await this.useCases.setFavourites(names);
      return null;
    },
    makeKey: async () => (await this.useCases.makeKey()) ?? null,
    pickKey: async () => (await this.useCases.pickKey()) ?? null,
    savePreset: async (draft) => (await this.useCases.savePreset(draft, this.#known().workspace)) ?? null,
    usePreset: async () => (await this.useCases.usePreset(this.#known().workspace)) ?? null,
    remedy: async (remedy) => {
      await this.useCases.remedy(remedy);
      return null;
    },
    nextStep: async (step) => {
      if (!sameArmId(workspaceOf(step.clusterId), this.workspace)) throw notReady();
      await this.useCases.nextStep(step);
      return null;
    },
    close: async () => {
      this.panel.close();
      return Promise.resolve(null);
    },
  };

  constructor(
    private readonly workspace: ArmId,
    private readonly useCases: CreateClusterUseCases,
    private readonly panel: CreateClusterPanel,
  ) {}

  async init(signal: AbortSignal): Promise<CreateClusterInit> {
    this.#facts = await this.useCases.getInit(this.workspace, signal);
    return { ...this.#facts, saved: this.panel.kept(), start: this.#start };
  }

  /** A draft to begin with, until something is typed. */
  startWith(start: StartingDraft): void {
    this.#start = start;
  }

  namesChanged(takenNames: readonly string[]): void {
    if (this.#facts !== undefined) this.#facts = { ...this.#facts, takenNames };
  }

  /** Tells a form that is drawn again how the creation stands that it, or its tab, had begun. */
  retell(): void {
    if (this.#creation !== undefined) this.panel.tell(this.#creation);
  }

  /** A creation that Azure had accepted came to its end. */
  ended(clusterId: ArmId, error: AzureMlError | undefined): void {
    const creation = this.#creation;
    if (creation?.kind !== "ended" || !creation.result.accepted) return;
    if (!sameArmId(armId(creation.result.clusterId), clusterId)) return;
    this.#creation =
      error === undefined ? { kind: "ready", clusterId } : { kind: "gaveUp", clusterId, error: wireErrorOf(error) };
    this.panel.tell(this.#creation);
  }

  /** @throws AzureMlError unless it is one that the form offers. */
  #region(name: string): Region {
    const found = this.#known().regions.find((offered) => regionKey(offered.name) === regionKey(name));
    if (found !== undefined) return found;
    throw new AzureMlError({ kind: "invalid", message: l10n.t("Compute clusters cannot be created in {0}.", name) });
  }

  async #create(draft: ClusterDraft, signal: AbortSignal): Promise<CreateResult> {
    const { workspace } = this.#known();
    if (this.#creation?.kind === "running") {
      throw new AzureMlError({
        kind: "conflict",
        message: l10n.t("{0} is still being created. Wait until Azure has answered.", this.#creation.name),
      });
    }
    this.#creation = { kind: "running", name: draft.name };
    try {
      const result = await this.#checkAndCreate(workspace, draft, cancelOnly(signal));
      this.#end({ kind: "ended", result }, signal);
      if (result.accepted) this.panel.sent(armId(result.clusterId));
      return result;
    } catch (error) {
      if (isAbort(error)) this.#creation = undefined;
      else this.#end({ kind: "failed", error: wireErrorOf(error) }, signal);
      throw error;
    }
  }

  /** The form has checked the same; but it runs where others might write too. The rest is checked against fresh facts. */
  async #checkAndCreate(workspace: Workspace, draft: ClusterDraft, signal: AbortSignal): Promise<CreateResult> {
    const { regions, takenNames } = this.#known();
    const facts = { takenNames, regions: regions.map((region) => region.name) };
    const early = [...validateDraft(draft, facts), ...validateAdvancedDraft(draft, { workspace })];
    if (blocks(early)) return { accepted: false, findings: early };
    return this.useCases.create(workspace, draft, signal);
  }

  #end(creation: Creation, signal: AbortSignal): void {
    this.#creation = creation;
    if (hasLeft(signal)) this.panel.tell(creation);
  }

  #known(): InitFacts {
    if (this.#facts !== undefined) return this.#facts;
    throw notReady();
  }
}

function notReady(): AzureMlError {
  return new AzureMlError({ kind: "invalid", message: l10n.t("The form is not ready yet.") });
}

/** A signal that passes on a pressed Cancel, but not that the form was left. */
function cancelOnly(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const pass = (): void => {
    if (!hasLeft(signal)) controller.abort(signal.reason);
  };
  if (signal.aborted) pass();
  else signal.addEventListener("abort", pass, { once: true });
  return controller.signal;
}

function hasLeft(signal: AbortSignal): boolean {
  return signal.reason instanceof FormLeft;
}
