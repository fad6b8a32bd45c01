/** How long the lab lets things take, ms of its clock. AWS takes minutes too, and more of them. */
export const lasts = {
  instance: 4 * 60_000,
  cluster: 60_000,
  modification: 3 * 60_000,
  password: 30_000,
  stop: 2 * 60_000,
  start: 2 * 60_000,
  deletion: 2 * 60_000,
};

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY_MS = 86_400_000;

/** When a maintenance window (`sun:05:00-sun:05:30`, UTC) begins next after a moment, ms. */
export function nextWindow(window: string, after: number): number {
  const [, day, hour, minute] = /^(\w{3}):(\d\d):(\d\d)-/.exec(window)!;
  const now = new Date(after);
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const begin = midnight + ((days.indexOf(day) - now.getUTCDay() + 7) % 7) * DAY_MS + Number(hour) * 3_600_000 + Number(minute) * 60_000;
  return begin > after ? begin : begin + 7 * DAY_MS;
}
