import { concat, utf8 } from "@/lib/engine/crypto/bytes";

/** A file that is handed to the learner. */
export interface NamedFile {
  name: string;
  bytes: Uint8Array;
}

/** Remainders of CRC-32 by byte. Source: PKWARE's APPNOTE.TXT, 4.4.7. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

const crc32 = (bytes: Uint8Array): number => {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = remainders[(rest ^ byte) & 0xff] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
};

/** Little-endian numbers of two and four bytes, in turn as the format's tables list them. */
const fields = (...list: [size: 2 | 4, value: number][]): Uint8Array =>
  Uint8Array.from(list.flatMap(([size, value]) => Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 0xff)));

const SIGNATURE = { file: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 };
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;

/**
 * A ZIP archive of a few small files, stored as they are. `at` is their date (ms), read in UTC.
 * Source: PKWARE's APPNOTE.TXT, 4.3 and 4.4.
 */
export function storedZip(files: readonly NamedFile[], at: number): Uint8Array {
  const date = new Date(at);
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const day = (Math.max(0, date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const bodies: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const title = utf8(name);
    // What the file's own header and its entry in the directory have in common; last, the length of an extra field.
    const common = fields([2, VERSION], [2, FLAGS], [2, 0], [2, time], [2, day], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, title.length], [2, 0]);
    const body = concat(fields([4, SIGNATURE.file]), common, title, bytes);
    bodies.push(body);
    entries.push(concat(fields([4, SIGNATURE.entry], [2, VERSION]), common, fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), title));
    offset += body.length;
  }
  const directory = concat(...entries);
  const end = fields([4, SIGNATURE.end], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, directory.length], [4, offset], [2, 0]);
  return concat(...bodies, directory, end);
}
