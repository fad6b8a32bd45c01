import { inflateSync } from "fflate/browser";
import { boundedCache, fromBase64, toBase64, utf8Text } from "../crypto/bytes";
import type { Failure } from "../errors";
import { isFailure, lambdaErrors } from "./errors";

/**
 * Deployment packages. AWS takes 50 MB zipped (in a request) and 250 MB unzipped; a lab that is kept in a browser takes less
 * and says so.
 * Source: Lambda Developer Guide, Lambda quotas; the zip file's form: PKWARE, APPNOTE.TXT.
 */
export const limits = { zipped: 5 * 1024 * 1024, unzipped: 25 * 1024 * 1024, files: 5_000 } as const;

/** Path to content. */
export type Files = Record<string, Uint8Array>;

/** One file as the zip's directory describes it. */
interface Entry {
  path: string;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Where its own header stands. */
  at: number;
}

const unreadable = (): Failure => lambdaErrors.invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");

const signatures = { end: 0x06054b50, entry: 0x02014b50, file: 0x04034b50 };
/** Bytes of the end record, without its comment, which has 65,535 at most. */
const endLength = 22;

/** The directory of a zip; undefined for what is none, and for forms that no deployment package needs (encrypted, Zip64, in parts). */
function directory(zip: Uint8Array): Entry[] | undefined {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - endLength;
  while (end >= 0 && view.getUint32(end, true) !== signatures.end) if (zip.length - endLength - end-- > 65_535) return undefined;
  if (end < 0) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== signatures.entry) return undefined;
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const nameLength = view.getUint16(at + 28, true);
    if (flags & 1 || (method !== 0 && method !== 8) || at + 46 + nameLength > end) return undefined;
    entries.push({
      path: utf8Text(zip.subarray(at + 46, at + 46 + nameLength)),
      method,
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** A file's content, held against its size and checksum; undefined where it is not what the directory says. */
function contentOf(zip: Uint8Array, { method, crc, packed, size, at }: Entry): Uint8Array | undefined {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  if (at + 30 > zip.length || view.getUint32(at, true) !== signatures.file) return undefined;
  const begin = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (begin + packed > zip.length) return undefined;
  const bytes = zip.subarray(begin, begin + packed);
  try {
    const content = method === 0 ? bytes.slice() : inflateSync(bytes, { out: new Uint8Array(size) });
    return content.length === size && crc32(content) === crc ? content : undefined;
  } catch {
    return undefined;
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}

const leadsOut = (path: string): boolean => path.startsWith("/") || path.includes("\\") || path.includes("\0") || path.split("/").includes("..");

/**
 * The files of a zip. Sizes are checked before anything is unpacked, so that no small file becomes a large one.
 * Errors: InvalidParameterValueException, RequestTooLargeException.
 */
export function readZip(zip: Uint8Array): Files | Failure {
  if (!zip.length) return lambdaErrors.invalid("Uploaded file must be a non-empty zip");
  if (zip.length > limits.zipped)
    return lambdaErrors.tooLarge(`The deployment package has ${zip.length} bytes. This lab takes at most ${limits.zipped}; AWS Lambda takes 52428800.`);
  const all = directory(zip);
  if (!all) return unreadable();
  const entries = all.filter(({ path }) => !path.endsWith("/"));
  if (!entries.length) return lambdaErrors.invalid("Uploaded file must be a non-empty zip");
  if (entries.length > limits.files) return lambdaErrors.invalid(`The deployment package has more than ${limits.files} files, which is as many as this lab takes.`);
  // Many names may point to the same bytes, so packed sizes count too.
  const total = entries.reduce((sum, { size, packed }) => sum + Math.max(size, packed), 0);
  if (total > limits.unzipped) return lambdaErrors.invalid(`Unzipped size must be smaller than ${limits.unzipped} bytes in this lab. AWS Lambda's limit is 262144000 bytes.`);
  const files: Files = Object.create(null) as Files;
  for (const entry of entries) {
    const content = leadsOut(entry.path) ? undefined : contentOf(zip, entry);
    if (!content) return unreadable();
    files[entry.path] = content;
  }
  return files;
}

/** What was unpacked last, by digest: a package is unpacked once and run often. */
const unpacked = boundedCache<Record<string, string> | Failure>(4);

/** The files of a package that was accepted, base64. A failure only where a saved lab is damaged. */
export const filesOf = (codeSha256: string, zip: string): Record<string, string> | Failure =>
  unpacked.get(codeSha256, () => {
    const files = readZip(fromBase64(zip));
    return isFailure(files) ? files : Object.fromEntries(Object.entries(files).map(([path, content]) => [path, toBase64(content)]));
  });
