import { expect, test } from "vitest";
import { lastDay } from "./events/last-day";
import { duration, monthlyFee, rate, vectorWords } from "./words";

test.each([
  [5e9, "BPS", "5 Gbit/s"],
  [50e9, "BPS", "50 Gbit/s"],
  [104_166_667, "PPS", "104 M packets/s"],
  [10_000, "RPS", "10 k requests/s"],
  [999, "RPS", "999 requests/s"],
  [12, "BPS", "12 bit/s"],
  [0, "PPS", "0 packets/s"],
  [3e15, "requests", "3,000 T requests"],
  [undefined, "BPS", "-"],
])("%s %s is %s", (value, unit, text) => expect(rate(value, unit)).toBe(text));

test.each([
  ["SYN_FLOOD", "SYN flood"],
  ["REQUEST_FLOOD", "HTTP request flood"],
  ["DNS_REFLECTION", "DNS reflection"],
  ["MEMCACHED_REFLECTION", "Memcached reflection"],
  ["GENERIC_UDP_REFLECTION", "Generic UDP reflection"],
  ["UDP_TRAFFIC", "UDP traffic"],
])("%s is said %s", (vector, text) => expect(vectorWords(vector)).toBe(text));

test.each([
  [30, "30 s"],
  [600, "10 min"],
  [3_600, "1 h"],
  [5_400, "1 h 30 min"],
])("%d seconds are %s", (seconds, text) => expect(duration(seconds)).toBe(text));

test("the fee is the lab's own price", () => expect(monthlyFee).toBe("$3,000"));

test.each([
  ["2026-11-01T00:00:00Z", "2026-12-15T23:59:59.999Z"],
  ["2026-11-30T23:59:59Z", "2026-12-15T23:59:59.999Z"],
  ["2026-12-31T12:00:00Z", "2027-01-15T23:59:59.999Z"],
  ["2027-01-31T12:00:00Z", "2027-02-15T23:59:59.999Z"],
])("a credit for an attack of %s can be asked for until %s", (start, until) => expect(new Date(lastDay({ StartTime: Date.parse(start) / 1000 })).toISOString()).toBe(until));
