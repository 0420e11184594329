/** Classes of the Python package `azure-identity`. */
export type PythonCredential = "ManagedIdentityCredential" | "DefaultAzureCredential";

/**
 * Python for code that runs on the cluster: it must name the identity's client id, which a run also has in
 * `DEFAULT_IDENTITY_CLIENT_ID` for the default one (azure-docs includes/aml-managed-identity-default.md @1853d52).
 * @param clientId of the identity to use; the default one's variable when it is not known.
 */
export function pythonSnippet(credential: PythonCredential, clientId?: string): string {
  const known = clientId !== undefined && /^[0-9a-f-]{36}$/i.test(clientId);
  const value = known ? `"${clientId}"` : 'os.environ["DEFAULT_IDENTITY_CLIENT_ID"]';
  const argument = credential === "ManagedIdentityCredential" ? "client_id" : "managed_identity_client_id";
  return [
    ...(known ? [] : ["import os", ""]),
    `from azure.identity import ${credential}`,
    "",
    `credential = ${credential}(${argument}=${value})`,
    "",
  ].join("\n");
}
