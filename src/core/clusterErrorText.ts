import { accessErrors } from "./knownErrors/accessErrors";
import { connectionErrors, nodeErrors, settingErrors } from "./knownErrors/clusterErrors";
import { type ErrorExplanation, type ErrorText } from "./knownErrors/explanation";
import { quotaErrors } from "./knownErrors/quotaErrors";

/** The first that knows an error explains it; an inner reason (a lock, a full subnet) stands before what wraps it. */
const readers = [...quotaErrors, ...accessErrors, ...settingErrors, ...nodeErrors, ...connectionErrors];

/** Cause and fix of an error that is known (azure-facts 2.7); undefined for any other: then show it as it came. */
export function explainError(error: ErrorText): ErrorExplanation | undefined {
  for (const read of readers) {
    const explanation = read(error);
    if (explanation !== undefined) return explanation;
  }
  return undefined;
}
