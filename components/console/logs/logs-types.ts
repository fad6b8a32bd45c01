/** What CloudWatch Logs answers, as far as the console shows it. Source: CloudWatch Logs API Reference. Times are ms since the epoch. */

export interface LogGroup {
  logGroupName: string;
  creationTime: number;
  retentionInDays?: number;
  storedBytes: number;
  logGroupArn: string;
  deletionProtectionEnabled: boolean;
}

export interface LogStream {
  logStreamName: string;
  creationTime: number;
  lastEventTimestamp?: number;
  firstEventTimestamp?: number;
}

export interface LogEvent {
  timestamp: number;
  message: string;
  ingestionTime: number;
  /** Of FilterLogEvents alone. */
  logStreamName?: string;
  eventId?: string;
}

/** Days that a group may keep its events. Source: CloudWatch Logs API, PutRetentionPolicy. */
export const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

/** As the console words it: `Never expire`, `1 week`, `3 months`. */
export function retentionWords(days: number | undefined): string {
  if (days === undefined) return "Never expire";
  const years: Partial<Record<number, string>> = { 365: "12 months", 400: "13 months", 545: "18 months", 731: "2 years", 1096: "3 years", 1827: "5 years", 2192: "6 years", 2557: "7 years", 2922: "8 years", 3288: "9 years", 3653: "10 years" };
  const named = years[days];
  if (named) return named;
  if (days >= 30) return `${days / 30} ${days === 30 ? "month" : "months"}`;
  if (days % 7 === 0) return `${days / 7} ${days === 7 ? "week" : "weeks"}`;
  return `${days} ${days === 1 ? "day" : "days"}`;
}

export function bytesWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** As log events are dated: `2026-11-30T08:42:35.123Z`. */
export const eventTime = (ms: number): string => new Date(ms).toISOString();
