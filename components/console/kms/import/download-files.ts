"use client";
import { fromBase64, utf8 } from "@/lib/engine/crypto/bytes";
import { saveFile } from "../../frame/save-file";
import { absoluteTime } from "../../frame/time-words";
import type { ImportParameters } from "./import-draft";
import { FILES } from "./openssl";
import { storedZip } from "./zip";

/** What the archive says about itself. */
export const readme = ({ algorithm, wrappingSpec, ParametersValidTo }: ImportParameters, key: { Arn: string }): string =>
  [
    "From Keyhole, a learning lab. This is no file of AWS's.",
    "",
    `KMS key: ${key.Arn}`,
    `Wrapping public key: ${FILES.publicKey} (${wrappingSpec}, SubjectPublicKeyInfo in DER)`,
    `Wrapping algorithm: ${algorithm}`,
    `Import token: ${FILES.token}`,
    `Both are valid until ${absoluteTime(ParametersValidTo * 1000)} of the lab's clock, and only with each other.`,
    "",
  ].join("\n");

/** `ImportParameters.zip`, as the AWS console hands it out. `now` is the lab's time in ms. */
export function saveParameters(parameters: ImportParameters, key: { Arn: string }, now: number): void {
  const zip = storedZip(
    [
      { name: FILES.publicKey, bytes: fromBase64(parameters.PublicKey) },
      { name: FILES.token, bytes: fromBase64(parameters.ImportToken) },
      { name: FILES.readme, bytes: utf8(readme(parameters, key)) },
    ],
    now,
  );
  saveFile("ImportParameters.zip", zip, "application/zip");
}

export const saveBytes = (name: string, base64: string): void => saveFile(name, fromBase64(base64), "application/octet-stream");
