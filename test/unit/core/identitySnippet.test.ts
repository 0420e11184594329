import { describe, expect, it } from "vitest";
import { pythonSnippet } from "../../../src/core/identitySnippet";

const clientId = "66666666-6666-6666-6666-666666666666";

describe("the Python to copy", () => {
  it("names the client id, by each class's own argument", () => {
    expect(pythonSnippet("ManagedIdentityCredential", clientId)).toBe(
      `from azure.identity import ManagedIdentityCredential\n\ncredential = ManagedIdentityCredential(client_id="${clientId}")\n`,
    );
    expect(pythonSnippet("DefaultAzureCredential", clientId)).toContain(
      `DefaultAzureCredential(managed_identity_client_id="${clientId}")`,
    );
  });

  it("takes the run's variable when the client id is not known", () => {
    expect(pythonSnippet("ManagedIdentityCredential")).toBe(
      'import os\n\nfrom azure.identity import ManagedIdentityCredential\n\ncredential = ManagedIdentityCredential(client_id=os.environ["DEFAULT_IDENTITY_CLIENT_ID"])\n',
    );
  });

  it("never puts anything but a client id into code", () => {
    expect(pythonSnippet("DefaultAzureCredential", '"); evil("')).not.toContain("evil");
  });
});
