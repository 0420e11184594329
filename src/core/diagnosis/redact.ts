/**
 * Takes out of Azure's texts what is nobody else's business: account names (403 messages name the caller) and the query of any
 * address, which may be signed (azure-api/NOTES 0.6), and anything that looks like a token.
 */
export function redact(text: string): string {
  return text
    .replaceAll(/[\w.+'-]+@[\w-]+(\.[\w-]+)+/g, "<account>")
    .replaceAll(/(https?:\/\/[^\s"'?]+)\?[^\s"']*/gi, "$1?…")
    .replaceAll(/\bey[\w-]{10,}\.[\w-]+\.[\w-]*/g, "<token>")
    .replaceAll(/\b(sig|signature|password|accountkey|sharedaccesskey)=[^\s&;"']+/gi, "$1=…");
}

/** For one line on the screen: white space folded, cut after some 300 characters (lists of sizes are thousands long). */
export function quoteError(code: string, message: string): string {
  const text = redact(message).replaceAll(/\s+/g, " ").trim();
  const short = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return short === "" ? code : code === "" ? short : `${code}: ${short}`;
}
