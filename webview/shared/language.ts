/** Language of the page, as the host set it. */
export function language(): string {
  return document.documentElement.lang === "" ? "en" : document.documentElement.lang;
}
