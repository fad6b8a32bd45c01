/**
 * How times are printed: ISO 8601 with the offset of the learner's zone (`TZ`, UTC if it is not set or unknown), six
 * digits of a second if there are any. `wire` leaves the number as it came. Source: AWS CLI user guide, cli_timestamp_format.
 */
export interface TimeStyle {
  zone: string;
  wire: boolean;
}

export function formatTime(seconds: number, style: TimeStyle): string {
  const micros = Math.round((seconds % 1) * 1e6);
  const whole = Math.floor(seconds) * 1000;
  const offset = offsetMinutes(whole, style.zone);
  const local = new Date(whole + offset * 60_000).toISOString().slice(0, 19);
  const fraction = micros ? `.${String(micros).padStart(6, "0")}` : "";
  const sign = offset < 0 ? "-" : "+";
  const minutes = Math.abs(offset);
  return `${local}${fraction}${sign}${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Minutes east of Greenwich at that moment, from the host's own zone data. */
function offsetMinutes(ms: number, zone: string): number {
  if (zone === "UTC" || zone === "") return 0;
  try {
    const name = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" })
      .formatToParts(ms)
      .find((part) => part.type === "timeZoneName")!.value;
    const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
    return match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
  } catch {
    return 0;
  }
}
