/**
 * ISO 8601 durations as the service writes them (`PT2M`, `PT120S`, `PT1M40S`, `P1DT2H`), in whole seconds.
 * Years and months have no fixed length and are refused. @returns undefined when the text is no such duration.
 */
export function secondsOfDuration(text: string): number | undefined {
  const found = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i.exec(text.trim());
  if (found === null || !/\d/.test(text)) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return Math.round(weeks * 604_800 + days * 86_400 + hours * 3_600 + minutes * 60 + seconds);
}

/** The form we send: always plain seconds (`PT120S`), which every client reads. */
export function durationOfSeconds(seconds: number): string {
  return `PT${Math.round(seconds)}S`;
}
