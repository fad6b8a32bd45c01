/** "1 hour", "90 minutes". */
export const durationWords = (seconds: number): string => {
  const [count, unit] = seconds % 3600 === 0 ? [seconds / 3600, "hour"] : [Math.round(seconds / 60), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
};
