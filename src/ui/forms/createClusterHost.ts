import * as l10n from "@vscode/l10n";
import { regionKey } from "../../core/account";
import { type ArmId } from "../../core/armId";
import { type ClusterDraft, validateDraft } from "../../core/draft";
import { AzureMlError, isAbort } from "../../core/errors";
import { blocks } from "../../core/finding";
import { type Workspace } from "../../core/workspace";
import { type Handlers } from "../../protocol/channel";
import {
  type CreateClusterContract,
  type CreateClusterInit,
  type CreateResult,
  type Creation,
  type RegionSizes,
  type SavedForm,
} from "../../protocol/createCluster";
import { FormLeft, wireErrorOf } from "./serve";

/** The use cases behind the form. Each throws AzureMlError, or an AbortError when `signal` fires. */
export interface CreateClusterUseCases {
  getInit(workspace: ArmId, signal: AbortSignal): Promise<Omit<CreateClusterInit, "saved">>;
  sizes(workspace: ArmId, region: string, signal: AbortSignal): Promise<RegionSizes>;
  /** Returns when Azure has accepted. */
  create(workspace: Workspace, draft: ClusterDraft, signal: AbortSignal): Promise<CreateResult>;
}

/** The panel, as far as its host needs it. */
export interface CreateClusterPanel {
  tell(creation: Creation): void;
  close(): void;
  /** What is typed, kept for after the panel. */
  keep(saved: SavedForm | undefined): void;
  kept(): SavedForm | undefined;
}

/**
 * One open create form, whether its tab is shown or hidden. A creation outlives the tab: it ends only when Azure has
 * answered or when somebody pressed Cancel.
 */
export class CreateClusterHost {
  readonly #sizes = new Map<string, RegionSizes>();
  #facts: Omit<CreateClusterInit, "saved"> | undefined;
  #creation: Creation | undefined;

  readonly handlers: Handlers<CreateClusterContract> = {
    sizes: ({ region }, signal) => this.#readSizes(region, signal),
    create: (draft, signal) => this.#create(draft, signal),
    keep: async (saved) => {
      if (this.#creation?.kind !== "running") this.#creation = undefined;
      this.panel.keep(saved);
      return Promise.resolve(null);
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
    this.#sizes.clear();
    return { ...this.#facts, saved: this.panel.kept() };
  }

  namesChanged(takenNames: readonly string[]): void {
    if (this.#facts !== undefined) this.#facts = { ...this.#facts, takenNames };
  }

  /** Tells a form that is drawn again how the creation stands that it, or its tab, had begun. */
  retell(): void {
    if (this.#creation !== undefined) this.panel.tell(this.#creation);
  }

  async #readSizes(region: string, signal: AbortSignal): Promise<RegionSizes> {
    const { regions } = this.#known();
    if (!regions.some((offered) => regionKey(offered.name) === regionKey(region))) {
      throw new AzureMlError({
        kind: "invalid",
        message: l10n.t("Compute clusters cannot be created in {0}.", region),
      });
    }
    const sizes = await this.useCases.sizes(this.workspace, region, signal);
    this.#sizes.set(regionKey(region), sizes);
    return sizes;
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
      if (result.accepted) this.panel.keep(undefined);
      return result;
    } catch (error) {
      if (isAbort(error)) this.#creation = undefined;
      else this.#end({ kind: "failed", error: wireErrorOf(error) }, signal);
      throw error;
    }
  }

  /** The form has checked the same; but it runs where others might write too. */
  async #checkAndCreate(workspace: Workspace, draft: ClusterDraft, signal: AbortSignal): Promise<CreateResult> {
    const { regions, takenNames } = this.#known();
    const facts = { takenNames, regions: regions.map((region) => region.name) };
    const early = validateDraft(draft, facts);
    if (blocks(early)) return { accepted: false, findings: early };
    const { vmSizes } = this.#sizes.get(regionKey(draft.location)) ?? (await this.#readSizes(draft.location, signal));
    const findings = validateDraft(draft, { ...facts, vmSizes });
    if (blocks(findings)) return { accepted: false, findings };
    return this.useCases.create(workspace, draft, signal);
  }

  #end(creation: Creation, signal: AbortSignal): void {
    this.#creation = creation;
    if (hasLeft(signal)) this.panel.tell(creation);
  }

  #known(): Omit<CreateClusterInit, "saved"> {
    if (this.#facts !== undefined) return this.#facts;
    throw new AzureMlError({ kind: "invalid", message: l10n.t("The form is not ready yet.") });
  }
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
