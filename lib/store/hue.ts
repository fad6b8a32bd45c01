/** Every 15 degrees: near hues cannot be told apart, and the last four characters of the id stand beside the colour anyway. */
const step = 15;

/**
 * The hue of a KMS key, 0–345, from its key id: the same on every page, on every machine, for ever. Takes an id, a key
 * ARN or a multi-Region id (replicas share their primary's id, and so its colour).
 */
export function hueOf(keyId: string): number {
  const id = bareKeyId(keyId);
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  // Another round of mixing: ids that differ in their last character must not be neighbours on the circle.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (((hash ^ (hash >>> 13)) >>> 0) % (360 / step)) * step;
}

/** The key id in an ARN, or what was given. */
export const bareKeyId = (keyId: string): string => keyId.slice(keyId.lastIndexOf("/") + 1);

/** The last four characters, which stand wherever the colour does. */
export const keyTail = (keyId: string): string => bareKeyId(keyId).slice(-4);

/** For `style` on an element with `data-key`: the CSS variables that `globals.css` makes colours of. AWS owned keys are grey. */
export function keyStyle(keyId: string | undefined, options: { awsOwned?: boolean } = {}): { [name: `--${string}`]: string | number } {
  return keyId === undefined || options.awsOwned ? { "--hue": 0, "--chroma": 0 } : { "--hue": hueOf(keyId), "--chroma": 1 };
}
