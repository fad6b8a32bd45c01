/** Why a text is no whole number within bounds; undefined where it is one. */
export function problemOfWhole(text: string, least: number, most: number, unit: string): string | undefined {
  const number = Number(text);
  if (text.trim() !== "" && Number.isInteger(number) && number >= least && number <= most) return undefined;
  return `Enter a whole number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")} ${unit}.`.replace(" .", ".");
}

/** Seconds of a timeout; undefined where the fields are no whole numbers, or together not 1 to 900. */
export function timeoutOf(minutes: string, seconds: string): number | undefined {
  const [m, s] = [Number(minutes.trim() || 0), Number(seconds.trim() || 0)];
  if (!Number.isInteger(m) || !Number.isInteger(s) || m < 0 || s < 0 || s > 59) return undefined;
  const all = m * 60 + s;
  return all >= 1 && all <= 900 ? all : undefined;
}
