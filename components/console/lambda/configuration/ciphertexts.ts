import { parseBlob, type Blob } from "@/lib/engine/crypto/blob";
import { fromBase64, isBase64 } from "@/lib/engine/crypto/bytes";

/** What a value is, if it is a ciphertext of KMS's in base64: it names the key that it needs. */
export function ciphertextIn(value: string): Blob | undefined {
  const text = value.trim();
  return text && isBase64(text) ? parseBlob(fromBase64(text)) : undefined;
}

export const ciphertextsIn = (values: readonly string[]): string[] => values.filter((value) => ciphertextIn(value) !== undefined);
