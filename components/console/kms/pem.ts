/** A DER public key (base64, as GetPublicKey returns it) as PEM text, 64 characters a line. Source: RFC 7468, section 13. */
export function publicKeyPem(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PUBLIC KEY-----", ...lines, "-----END PUBLIC KEY-----", ""].join("\n");
}
