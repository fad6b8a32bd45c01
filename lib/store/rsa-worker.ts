import { rsaKeyPair } from "../engine/crypto/rsa-keygen";

/** Makes RSA key pairs beside the page, for browsers that give the page no WebCrypto (plain http). One message, one answer. */
const worker = self as unknown as {
  onmessage: (event: MessageEvent<{ bits: number }>) => void;
  postMessage(answer: { pkcs8: string }): void;
};

worker.onmessage = ({ data }) =>
  worker.postMessage({ pkcs8: rsaKeyPair(data.bits, (bytes) => crypto.getRandomValues(new Uint8Array(bytes))) });
