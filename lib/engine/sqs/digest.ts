import { md5 } from "@noble/hashes/legacy.js";
import { concat, fromBase64, utf8 } from "../crypto/bytes";
import type { MessageAttributes } from "./state";

/** What clients check that a message came whole by. Source: SQS Developer Guide, Calculating the MD5 message digest for message attributes. */
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const md5OfText = (text: string): string => hex(md5(utf8(text)));

const counted = (bytes: Uint8Array): Uint8Array => {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concat(length, bytes);
};

/** In the order of their names: name, data type, kind of value, value, each with its length. undefined where there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (!names.length) return undefined;
  const parts = names.map((name) => {
    const { DataType, StringValue, BinaryValue } = attributes[name];
    const value = StringValue === undefined ? concat(Uint8Array.of(2), counted(fromBase64(BinaryValue ?? ""))) : concat(Uint8Array.of(1), counted(utf8(StringValue)));
    return concat(counted(utf8(name)), counted(utf8(DataType)), value);
  });
  return hex(md5(concat(...parts)));
}
