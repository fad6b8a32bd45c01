import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { seededPorts } from "../ports";
import { toHex, utf8 } from "./bytes";
import { hashOf } from "./hashes";
import { hmac } from "./hmac";

const { random } = seededPorts(5);

test.each([
  ["HMAC_SHA_224", "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"],
  ["HMAC_SHA_256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
])("RFC 4231, case 2: %s", (algorithm, expected) =>
  expect(toHex(hmac(hashOf(algorithm), utf8("Jefe"), utf8("what do ya want for nothing?")))).toBe(expected),
);

describe.each(["224", "256", "384", "512"])("HMAC_SHA_%s", (bits) =>
  test("as Node's", () => {
    for (let i = 0; i < 20; i++) {
      const [key, message] = [random(Number(bits) / 8), random(i * 200)];
      expect(toHex(hmac(hashOf(`HMAC_SHA_${bits}`), key, message))).toBe(createHmac(`sha${bits}`, key).update(message).digest("hex"));
    }
  }),
);
