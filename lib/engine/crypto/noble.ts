import { gcm } from "@noble/ciphers/aes.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Ciphers } from "../types";
import { boundedCache, toBase64 } from "./bytes";
import { decodeRsaPrivateKey, rsaPrivateCrt, type RsaPrivateKey } from "./rsa";

const privateKeys = boundedCache<RsaPrivateKey>(32);

/** Ciphers in plain JavaScript, the same everywhere. The browser uses these, also where there is no WebCrypto (plain http). */
export const nobleCiphers: Ciphers = {
  name: "noble",
  seal: (key, nonce, plaintext, aad) => gcm(key, nonce, aad).encrypt(plaintext),
  open(key, nonce, sealed, aad) {
    if (sealed.length < 16) return undefined;
    try {
      return gcm(key, nonce, aad).decrypt(sealed);
    } catch {
      return undefined;
    }
  },
  sha256: (data) => sha256(data),
  rsaPrivate(pkcs8, block) {
    const key = privateKeys.get(toBase64(pkcs8), () => {
      const decoded = decodeRsaPrivateKey(pkcs8);
      if (!decoded) throw new Error("not an RSA private key");
      return decoded;
    });
    return rsaPrivateCrt(key, block);
  },
};
