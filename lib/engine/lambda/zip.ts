import { unzipSync } from "fflate/browser";
import { boundedCache, fromBase64, toBase64 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { lambdaErrors } from "./errors";

/**
 * Deployment packages. AWS takes 50 MB zipped (in a request) and 250 MB unzipped; a lab that is kept in a browser takes less
 * and says so.
 * Source: Lambda Developer Guide, Lambda quotas.
 */
export const limits = { zipped: 5 * 1024 * 1024, unzipped: 25 * 1024 * 1024, files: 5_000 } as const;

/** Path to content. */
export type Files = Record<string, Uint8Array>;

const unreadable = (): Failure => lambdaErrors.invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");

/**
 * The files of a zip. Sizes are checked before anything is unpacked, and what came out is held against them: a directory may lie.
 * Errors: InvalidParameterValueException, RequestTooLargeException.
 */
export function readZip(zip: Uint8Array): Files | Failure {
  if (!zip.length) return lambdaErrors.invalid("Uploaded file must be a non-empty zip");
  if (zip.length > limits.zipped)
    return lambdaErrors.tooLarge(`The deployment package has ${zip.length} bytes. This lab takes at most ${limits.zipped}; AWS Lambda takes 52428800.`);
  let total = 0;
  let count = 0;
  const sizes = new Map<string, number>();
  let files: Files;
  try {
    files = unzipSync(zip, {
      filter({ name, size, originalSize }) {
        // Many names may point to the same bytes, so both sizes count.
        total += Math.max(size, originalSize);
        count++;
        sizes.set(name, originalSize);
        return total <= limits.unzipped && count <= limits.files;
      },
    });
  } catch {
    return unreadable();
  }
  if (total > limits.unzipped) return lambdaErrors.invalid(`Unzipped size must be smaller than ${limits.unzipped} bytes in this lab. AWS Lambda's limit is 262144000 bytes.`);
  if (count > limits.files) return lambdaErrors.invalid(`The deployment package has more than ${limits.files} files, which is as many as this lab takes.`);
  const kept: Files = Object.create(null) as Files;
  for (const [path, content] of Object.entries(files)) {
    if (content.length !== sizes.get(path)) return unreadable();
    if (path.endsWith("/")) continue;
    if (path.startsWith("/") || path.includes("\\") || path.includes("\0") || path.split("/").includes("..")) return unreadable();
    kept[path] = content;
  }
  return Object.keys(kept).length ? kept : lambdaErrors.invalid("Uploaded file must be a non-empty zip");
}

/** What was unpacked last, by digest: a package is unpacked once and run often. */
const unpacked = boundedCache<Record<string, string>>(4);

/** The files of a package that was accepted, base64. */
export const filesOf = (codeSha256: string, zip: string): Record<string, string> =>
  unpacked.get(codeSha256, () => {
    const files = readZip(fromBase64(zip));
    return Object.fromEntries(Object.entries(files as Files).map(([path, content]) => [path, toBase64(content)]));
  });
