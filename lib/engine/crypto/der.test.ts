import { expect, test } from "vitest";
import { fromHex, toHex } from "./bytes";
import { integer, octetString, oid, readDer, readSequence, sequence } from "./der";

test.each([
  ["1.2.840.113549.1.7.6", "06092a864886f70d010706"],
  ["2.16.840.1.101.3.4.1.46", "060960864801650304012e"],
  ["1.3.101.112", "06032b6570"],
])("object identifier %s", (text, hex) => expect(toHex(oid(text))).toBe(hex));

test.each([
  ["00", "020100"],
  ["7f", "02017f"],
  ["80", "02020080"],
  ["0000ff", "020200ff"],
])("integer %s", (bytes, hex) => expect(toHex(integer(fromHex(bytes)!))).toBe(hex));

test("lengths are written the shortest way and read back", () => {
  for (const size of [0, 1, 127, 128, 255, 256, 65_535 - 4]) {
    const written = sequence(octetString(new Uint8Array(size)));
    expect(readSequence(written)?.[0].content.length).toBe(size);
  }
  expect(() => octetString(new Uint8Array(65_536))).toThrow(RangeError);
});

test.each([
  ["nothing", ""],
  ["no length", "04"],
  ["cut short", "040201"],
  ["indefinite length", "30800000"],
  ["a long form that a short one would do for", "048101ff"],
  ["a leading zero in the length", "04820001ff"],
  ["a high tag number", "1f0100"],
])("odd: %s", (_, hex) => expect(readDer(fromHex(hex)!)).toBeUndefined());

test("a sequence with something after it is not one", () => expect(readSequence(fromHex("300000")!)).toBeUndefined());
