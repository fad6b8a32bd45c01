import { describe, expect, test } from "vitest";
import { seededPorts } from "../ports";
import { BLOB_ENTROPY, blobLength, contextBytes, openBlob, parseBlob, sealBlob } from "./blob";
import { fromBase64, toBase64, toHex, utf8 } from "./bytes";
import { readAll, readDer } from "./der";
import { nobleCiphers } from "./noble";

const { random } = seededPorts(2);
const identifier = random(32);
const backingKey = random(32);

const seal = (plaintext: Uint8Array, context?: Record<string, string>, entropy = random(BLOB_ENTROPY)) =>
  sealBlob(nobleCiphers, { identifier, backingKey, plaintext, aad: contextBytes(context), entropy });
const open = (blob: Uint8Array, context?: Record<string, string>, key = backingKey) => {
  const parsed = parseBlob(blob);
  return parsed && openBlob(nobleCiphers, parsed, key, contextBytes(context));
};

describe("layout, as measured on AWS's ciphertexts", () => {
  test.each([
    [11, 163, 0x69],
    [13, 165, 0x6b],
    [32, 184, 0x7e],
  ])("%i bytes of plaintext make %i", (plaintext, length, following) => {
    const blob = seal(random(plaintext));
    expect(blob.length).toBe(length);
    expect(blobLength(plaintext)).toBe(length);
    expect(toBase64(blob)).toMatch(/^AQICAH/);
    expect(toHex(blob.subarray(0, 5))).toBe("0102020078");
    expect(blob.subarray(5, 37)).toEqual(identifier);
    expect(blob[37]).toBe(1);
    expect(new DataView(blob.buffer).getUint32(54)).toBe(following);
    expect(blob.length - 58).toBe(following);
  });

  test("the rest is one whole CMS EncryptedData with AES-256-GCM", () => {
    for (const length of [1, 13, 60, 80, 100, 200, 300, 4096]) {
      const cms = seal(random(length)).subarray(58);
      const outer = readDer(cms)!;
      expect(outer.end).toBe(cms.length);
      const [type, explicit] = readAll(outer.content)!;
      expect(toHex(type.content)).toBe("2a864886f70d010706");
      const [version, info] = readAll(readDer(explicit.content)!.content)!;
      expect(toHex(version.content)).toBe("00");
      const [data, algorithm, content] = readAll(info.content)!;
      expect(toHex(data.content)).toBe("2a864886f70d010701");
      const [name, parameters] = readAll(algorithm.content)!;
      expect(toHex(name.content)).toBe("60864801650304012e");
      const [nonce, tag] = readAll(parameters.content)!;
      expect([nonce.tag, nonce.content.length, tag.tag, tag.content[0]]).toEqual([0x04, 12, 0x02, 16]);
      expect([content.tag, content.content.length]).toEqual([0x80, length + 16 + 11]);
    }
  });

  // Two ciphertexts of AWS KMS, made under one key in 2020: SecureString values as the notes print them.
  const ofAws = [
    "AQICAHi92FVTJO2Gcsn6nCqxSDLm/f8fY6T++aAr3xOGX4Cg0wFgALiUYB6AqfFipzFnWD0PAAAAazBpBgkqhkiG9w0BBwagXDBaAgEAMFUGCSqGSIb3DQEHATAeBglghkgBZQMEAS4wEQQM05nVVdQYCBR4+GgxAgEQgCjsnccpZgnuf7YfVArsNvGWzN6S3Z9PTIltVkre0rn9OdipDQwdY8ZT",
    "AQICAHi92FVTJO2Gcsn6nCqxSDLm/f8fY6T++aAr3xOGX4Cg0wGF9vD6yvifHYVt9etXnpIVAAAAaTBnBgkqhkiG9w0BBwagWjBYAgEAMFMGCSqGSIb3DQEHATAeBglghkgBZQMEAS4wEQQMeT8svPRCuE1SKKSZAgEQgCZ9dGOE8ElgP3VWvOUXdfgcnq/6PsBIZoUjv0MRYFPko641RASzaw==",
  ].map(fromBase64);

  test("AWS's own ciphertexts are read: one backing key, 13 and 11 bytes of plaintext", () => {
    const [first, second] = ofAws.map((blob) => parseBlob(blob)!);
    expect(second.identifier).toEqual(first.identifier);
    expect(second.random).not.toEqual(first.random);
    expect([first, second].map(({ sealed }) => sealed.length - 16 - 11)).toEqual([13, 11]);
  });

  test("and ours differ from AWS's only where messages differ", () => {
    for (const [i, length] of [13, 11].entries()) {
      const ours = seal(random(length));
      const { sealed } = parseBlob(ofAws[i])!;
      expect(ours.length).toBe(ofAws[i].length);
      const nonceAt = ofAws[i].length - sealed.length - 2 - 3 - 12;
      for (const [from, to] of [
        [0, 5],
        [37, 38],
        [54, nonceAt],
        [nonceAt + 12, nonceAt + 17],
      ])
        expect(toHex(ours.subarray(from, to))).toBe(toHex(ofAws[i].subarray(from, to)));
    }
  });
});

describe("round trips", () => {
  test("every length", () => {
    for (let length = 1; length <= 300; length++) {
      const plaintext = random(length);
      expect(open(seal(plaintext))).toEqual(plaintext);
    }
    const most = random(4096);
    expect(open(seal(most, { a: "b" }), { a: "b" })).toEqual(most);
    expect(seal(most).length).toBeLessThan(6144);
  });

  test("the same entropy gives the same blob, other entropy another", () => {
    const entropy = random(BLOB_ENTROPY);
    const plaintext = utf8("hello");
    expect(seal(plaintext, {}, entropy)).toEqual(seal(plaintext, undefined, entropy));
    expect(seal(plaintext)).not.toEqual(seal(plaintext));
  });

  test("another backing key does not open it", () => expect(open(seal(utf8("x")), undefined, random(32))).toBeUndefined());
});

describe("encryption context", () => {
  const context = { purpose: "test", PARAMETER_ARN: "arn:aws:ssm:us-east-1:111122223333:parameter/a" };
  const blob = seal(utf8("secret"), context);

  test("order does not matter", () => expect(open(blob, Object.fromEntries(Object.entries(context).reverse()))).toEqual(utf8("secret")));

  test.each<[string, Record<string, string> | undefined]>([
    ["none", undefined],
    ["less", { purpose: "test" }],
    ["more", { ...context, more: "" }],
    ["another case", { Purpose: "test", PARAMETER_ARN: context.PARAMETER_ARN }],
    ["another value", { ...context, purpose: "Test" }],
  ])("%s does not open it", (_, other) => expect(open(blob, other)).toBeUndefined());

  test("pairs do not run together", () => {
    expect(contextBytes({ ab: "c" })).not.toEqual(contextBytes({ a: "bc" }));
    expect(contextBytes({ a: "b", c: "d" })).not.toEqual(contextBytes({ a: "bc", d: "" }));
    expect(contextBytes({ "": "" })).not.toEqual(contextBytes({}));
    expect(contextBytes(JSON.parse('{"__proto__":"x"}'))).not.toEqual(contextBytes({}));
  });
});

test("no changed, missing or added byte is ever taken", () => {
  const blob = seal(random(40), { a: "b" });
  for (let at = 0; at < blob.length; at++)
    for (const bit of [1, 0x80]) {
      const changed = blob.slice();
      changed[at] ^= bit;
      // The identifier says which key: a change there is another key's ciphertext, so parsing may succeed and opening may too.
      if (at >= 5 && at < 37) expect(parseBlob(changed)?.identifier).not.toEqual(identifier);
      else expect(open(changed, { a: "b" })).toBeUndefined();
    }
  for (let length = 0; length < blob.length; length++) expect(open(blob.subarray(0, length), { a: "b" })).toBeUndefined();
  expect(open(Uint8Array.of(...blob, 0), { a: "b" })).toBeUndefined();
});
