export interface FormPage {
  /** `webview.cspSource`: where styles and fonts may come from. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly nonce: string;
  /** BCP 47, of the display language. */
  readonly lang: string;
  readonly title: string;
}

/** Of nothing at all: the toolkit adds one empty style element to find out whether `:focus-visible` is known. */
const emptyStyleHash = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Nothing is allowed but our one script, our styles and our fonts; no inline styles, no images, no requests. */
export function contentSecurityPolicy(page: Pick<FormPage, "cspSource" | "nonce">): string {
  return [
    "default-src 'none'",
    `style-src ${page.cspSource} ${emptyStyleHash}`,
    `font-src ${page.cspSource}`,
    `script-src 'nonce-${page.nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** The page of a form; the form's script fills `#form`. */
export function formHtml(page: FormPage): string {
  return `<!DOCTYPE html>
<html lang="${escaped(page.lang)}">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy(page))}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(page.title)}</title>
    <link rel="stylesheet" href="${escaped(page.style)}" />
  </head>
  <body>
    <div id="form"></div>
    <script type="module" nonce="${escaped(page.nonce)}" src="${escaped(page.script)}"></script>
  </body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
