/** Which of VS Code's accounts the next sign-in is for. */
export interface Wish {
  readonly account?: { readonly id: string; readonly label: string } | undefined;
  /** Asks for the account even where VS Code knows which one was used last. */
  readonly another?: boolean | undefined;
}

/** What the user interface tells the connection. */
export interface AzureAccessUi {
  readonly tenantName: (tenantId: string) => string | undefined;
  /** Somebody has signed in again: what failed meanwhile is asked anew. */
  readonly resumed: () => void;
}

/** The way to real Azure, as the user interface knows it. */
export interface AzureAccess {
  /** VS Code's authentication provider of the cloud. */
  readonly providerId: string;
  attach(ui: AzureAccessUi): void;
  prefer(wish: Wish): void;
  /** @throws AzureMlError, or an AbortError when the person gives up. */
  signInTo(tenantId: string | undefined): Promise<void>;
  /** Asks nobody; only a clear "no" is a no. */
  isSignedIn(): Promise<boolean>;
}
