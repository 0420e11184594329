import * as l10n from "@vscode/l10n";
import { workspaceOf } from "../armId";
import { explainError } from "../clusterErrorText";
import { known } from "../fact";
import { type Rule } from "./cause";
import { remedies } from "./remedy";

/** Azure Machine Learning became generally available on 2018-12-04 (general knowledge, not looked up again). */
const generallyAvailable = Date.UTC(2018, 11, 4);

/**
 * Some workspaces made in the portal before general availability cannot create clusters at all: a support request helps, or a
 * new workspace at once (SEED line 65). Only for a failed cluster that no known error explains; a workspace that does not tell
 * when it was made may be as old.
 */
export const oldWorkspaceRule: Rule = ({ facts, symptoms }) => {
  const workspace = known(facts.workspace);
  const { cluster } = facts;
  if (workspace === undefined || !symptoms.some((symptom) => symptom.kind === "failed")) return [];
  const explained = [...cluster.provisioningErrors, ...cluster.errors].some(
    (error) => explainError(error) !== undefined,
  );
  const created = Date.parse(workspace.createdAt ?? "");
  if (explained || created >= generallyAvailable) return [];
  const old = created < generallyAvailable;
  return [
    {
      rule: "workspace.beforeGa",
      severity: "error",
      likelihood: old ? "likely" : "possible",
      message: l10n.t("The workspace {0} may be too old to create compute clusters.", workspace.name),
      advice: l10n.t("Open a support request, or make a new workspace and create the cluster there at once."),
      evidence: [
        old
          ? l10n.t("It was made before Azure Machine Learning was generally available (December 2018).")
          : l10n.t("Azure does not tell when it was made; some made before December 2018 have this problem."),
      ],
      remedies: [
        remedies.openSupportRequest(),
        remedies.copySupportSummary(),
        remedies.openResource(workspaceOf(cluster.id)),
      ],
    },
  ];
};
