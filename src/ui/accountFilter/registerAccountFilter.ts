import * as vscode from "vscode";
import { type AccountFilter } from "../../app/accountFilter";
import { type Logger } from "../../app/ports";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type Subscription, type Tenant } from "../../core/account";
import { registerCommands } from "../register";

/** Where Microsoft's Azure extensions keep which subscriptions they show. */
const sharedSetting = "azureResourceGroups.selectedSubscriptions";

export function readSharedSelection(): unknown {
  return vscode.workspace.getConfiguration().get(sharedSetting);
}

export interface AccountFilterParts {
  readonly filter: AccountFilter;
  readonly sessions: Sessions;
  readonly refresher: Refresher;
  readonly session: () => Promise<true | undefined>;
  readonly log: Logger;
}

interface Choice extends vscode.QuickPickItem {
  readonly subscriptionId?: string;
}

/** Choosing tenants and subscriptions, and the rows that follow. */
export function registerAccountFilter({
  filter,
  sessions,
  refresher,
  session,
  log,
}: AccountFilterParts): vscode.Disposable {
  const reload = (): void => void refresher.account();

  async function choose(): Promise<void> {
    if ((await session()) === undefined) return;
    const { azureMl } = sessions.signedIn;
    const picked = await pickSubscriptions(filter, async () => {
      const [tenants, listing] = await Promise.all([azureMl.listTenants(), azureMl.listSubscriptions()]);
      return { tenants, subscriptions: listing.subscriptions };
    });
    if (picked !== undefined) await filter.choose(picked === "all" ? undefined : picked);
  }

  const changed = filter.onDidChange(reload);
  return vscode.Disposable.from(
    registerCommands({ "amlClusters.filterAccount": choose }, log),
    { dispose: () => changed.dispose() },
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(sharedSetting)) filter.sharedChanged();
    }),
  );
}

interface Listed {
  readonly tenants: readonly Tenant[];
  readonly subscriptions: readonly Subscription[];
}

/** @returns the ids to show, "all" when every one is ticked, undefined when the person gives up. */
async function pickSubscriptions(
  filter: AccountFilter,
  list: () => Promise<Listed>,
): Promise<readonly string[] | "all" | undefined> {
  const picker = vscode.window.createQuickPick<Choice>();
  picker.title = vscode.l10n.t("Tenants and Subscriptions");
  picker.placeholder = placeholder(filter);
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.busy = true;
  try {
    return await new Promise((resolve, reject) => {
      picker.onDidHide(() => resolve(undefined));
      picker.show();
      list().then((listed) => {
        const choices = choicesOf(listed);
        picker.items = choices;
        picker.selectedItems = choices.filter(
          ({ subscriptionId }) => subscriptionId !== undefined && filter.keeps({ subscriptionId }),
        );
        picker.busy = false;
        picker.onDidAccept(() => {
          const ids = picker.selectedItems.flatMap(({ subscriptionId }) => subscriptionId ?? []);
          resolve(ids.length === listed.subscriptions.length ? "all" : ids);
        });
      }, reject);
    });
  } finally {
    picker.dispose();
  }
}

/** Tenant by tenant; each subscription also names its tenant, so that typing a tenant's name finds all of them. */
function choicesOf({ tenants, subscriptions }: Listed): readonly Choice[] {
  const ids = [...new Set(subscriptions.map(({ tenantId }) => tenantId))];
  return ids.flatMap((tenantId) => {
    const tenant = tenants.find((other) => other.tenantId === tenantId);
    const name = tenant?.displayName ?? tenantId;
    const separator = { label: name, kind: vscode.QuickPickItemKind.Separator };
    const rows = subscriptions
      .filter((subscription) => subscription.tenantId === tenantId)
      .map(({ displayName, subscriptionId }) => ({
        label: displayName,
        description: name,
        detail: [subscriptionId, tenant?.defaultDomain].filter(Boolean).join(" · "),
        subscriptionId,
      }));
    return [separator, ...rows];
  });
}

function placeholder(filter: AccountFilter): string {
  return filter.own === undefined && filter.shared !== undefined
    ? vscode.l10n.t("Which subscriptions to show (now as in other Azure extensions); type a name or a tenant")
    : vscode.l10n.t("Which subscriptions to show; type a name or a tenant");
}
