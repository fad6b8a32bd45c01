import { expect, test } from "vitest";
import { absoluteTime, relativeTime } from "./time-words";

const now = Date.UTC(2026, 0, 15, 12, 0);
const DAY = 86_400_000;

test.each([
  [0, "just now"],
  [-59_999, "just now"],
  [-60_000, "1 minute ago"],
  [-3 * 3_600_000, "3 hours ago"],
  [-DAY, "yesterday"],
  [7 * DAY, "in 7 days"],
  [30 * DAY, "next month"],
  [365 * DAY, "next year"],
  [-800 * DAY, "2 years ago"],
])("%d ms away is %s", (away, words) => expect(relativeTime(now + away, now)).toBe(words));

test("dates are printed in UTC", () => expect(absoluteTime(now)).toBe("Jan 15, 2026, 12:00 UTC"));
