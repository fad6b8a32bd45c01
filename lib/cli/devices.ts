import type { InMemoryFs } from "just-bash/browser";

/** A device never ends, and a command of this shell reads to the end: so each reading ends after 1 MiB. No lesson and no AWS limit asks for as much. */
const reading = 1 << 20;

const devices: Record<string, () => Uint8Array> = {
  "/dev/null": () => new Uint8Array(0),
  "/dev/zero": () => new Uint8Array(reading),
  "/dev/urandom": random,
  "/dev/random": random,
};

function random(): Uint8Array {
  const bytes = new Uint8Array(reading);
  // One request is for 65,536 bytes at most.
  for (let at = 0; at < reading; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

/**
 * `head -c 4097 /dev/zero` and the like: /dev/zero, /dev/urandom and /dev/random give bytes, the random ones others with each
 * reading; /dev/null gives none, whatever was written to it. Source: Linux, null(4), random(4).
 */
export function addDevices(fs: InMemoryFs): void {
  for (const path of Object.keys(devices)) fs.writeFileSync(path, "");
  const readFileBuffer = fs.readFileBuffer.bind(fs);
  // All other ways of reading a file go through this one.
  fs.readFileBuffer = (path) => (Object.hasOwn(devices, path) ? Promise.resolve(devices[path]()) : readFileBuffer(path));
}
