import { describe, expect, it } from "vitest";
import { fromBase64, utf8, utf8Text } from "../crypto/bytes";
import { nobleCiphers } from "../crypto/noble";
import { openEnvelope, readEnvelope, sealEnvelope } from "./envelope";
import vectors from "./vectors/envelope.json";

const dataKey = fromBase64(vectors.dataKey);
const { keyArn, context } = vectors;
const seal = (plaintext: Uint8Array): Uint8Array =>
  sealEnvelope(nobleCiphers, { plaintext, dataKey, encryptedDataKey: new Uint8Array(184).fill(7), keyArn, context, messageId: new Uint8Array(32).fill(9) });

describe("AWS Encryption SDK messages", () => {
  it.each(vectors.messages)("opens a message of the real SDK ($repeat × $plaintext)", ({ message, plaintext, repeat }) => {
    const bytes = fromBase64(message);
    const header = readEnvelope(bytes)!;
    expect(header).toMatchObject({ keyArn, frameLength: 4096 });
    expect({ ...header.context }).toEqual(context);
    expect(utf8Text(openEnvelope(nobleCiphers, bytes, header, dataKey)!)).toBe(plaintext.repeat(repeat));
  });

  it.each([0, 1, 4095, 4096, 4097, 8192])("seals and opens %i bytes", (length) => {
    const plaintext = new Uint8Array(length).map((_, i) => i % 251);
    const message = seal(plaintext);
    // Version 2, suite 0x0478: `AgR4` in base64.
    expect([...message.subarray(0, 3)]).toEqual([2, 4, 0x78]);
    expect(openEnvelope(nobleCiphers, message, readEnvelope(message)!, dataKey)).toEqual(plaintext);
  });

  it("opens nothing with another key, and nothing that was changed or cut", () => {
    const message = seal(utf8("secret"));
    expect(openEnvelope(nobleCiphers, message, readEnvelope(message)!, new Uint8Array(32))).toBeUndefined();
    for (let at = 0; at < message.length; at++) {
      const changed = message.slice();
      changed[at] ^= 1;
      const header = readEnvelope(changed);
      expect(header && openEnvelope(nobleCiphers, changed, header, dataKey), `byte ${at}`).toBeUndefined();
      const cut = message.subarray(0, at);
      const cutHeader = readEnvelope(cut);
      expect(cutHeader && openEnvelope(nobleCiphers, cut, cutHeader, dataKey), `cut at ${at}`).toBeUndefined();
    }
  });
});
