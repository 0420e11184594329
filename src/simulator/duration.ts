/**
 * Seconds of an ISO 8601 duration such as `PT2M`, `PT120S`, `PT1M40S`, `P1DT1H`.
 * @returns undefined for anything else, also for years and months, whose length varies.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i.exec(text);
  if (match === null || text.length < 3 || /T$/i.test(text)) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = [1, 2, 3, 4].map((part) => Number(match[part] ?? 0));
  return days * 86_400 + hours * 3_600 + minutes * 60 + seconds;
}

/** The shortest form, as the service writes its default: 120 → `PT2M`, 100 → `PT1M40S` (recorded). */
export function formatDuration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = seconds % 60;
  const time = [hours > 0 ? `${hours}H` : "", minutes > 0 ? `${minutes}M` : "", rest > 0 ? `${rest}S` : ""].join("");
  if (days === 0 && time === "") return "PT0S";
  return `P${days > 0 ? `${days}D` : ""}${time === "" ? "" : `T${time}`}`;
}
