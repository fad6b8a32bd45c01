import { fromBase64, toBase64 } from "../crypto/bytes";
import type { Failure } from "../errors";
import type { Context } from "../types";
import { isFailure, lambdaErrors } from "./errors";
import { code, partId, versions } from "./state";
import { readZip } from "./zip";

/** Where a request's code comes from. */
export interface CodeInput {
  ZipFile?: string;
  S3Bucket?: string;
  S3Key?: string;
  ImageUri?: string;
  SourceKMSKeyArn?: string;
}

export interface Package {
  /** base64, as it came. */
  zip: string;
  /** Base64 of the zip file's SHA-256. */
  sha256: string;
  size: number;
}

/** Reads a request's deployment package. Errors: InvalidParameterValueException, RequestTooLargeException, NotSimulated. */
export function packageOf(ctx: Context, { ZipFile, S3Bucket, S3Key, ImageUri, SourceKMSKeyArn }: CodeInput): Package | Failure {
  if (ImageUri) return lambdaErrors.notSimulated("container images (ImageUri)");
  if (S3Bucket || S3Key) return lambdaErrors.notSimulated("code from Amazon S3 (S3Bucket, S3Key); send the package itself (ZipFile)");
  if (SourceKMSKeyArn) return lambdaErrors.notSimulated("packages under a KMS key of your own (SourceKMSKeyArn)");
  if (ZipFile === undefined) return lambdaErrors.invalid("Please provide a source for function code.");
  const bytes = fromBase64(ZipFile);
  const files = readZip(bytes);
  return isFailure(files) ? files : { zip: ZipFile, sha256: toBase64(ctx.ciphers.sha256(bytes)), size: bytes.length };
}

/** Keeps a package for the versions that have it. */
export function keepCode(ctx: Context, FunctionName: string, { zip, sha256 }: Package): void {
  const id = partId(FunctionName, sha256);
  if (!code(ctx.db).get(id)) code(ctx.db).put(id, { FunctionName, CodeSha256: sha256, zip });
}

/** Forgets a package that no version has any more. */
export function dropCode(ctx: Context, name: string, sha256: string): void {
  if (!versions(ctx.db).having("FunctionName", name).some(({ CodeSha256 }) => CodeSha256 === sha256)) code(ctx.db).delete(partId(name, sha256));
}
