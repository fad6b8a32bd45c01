/** What is said of a line that cannot be. */
export class Wrong extends Error {}

/** Words, and `--option value` pairs. */
export function read(args: string[], known: string[]): { words: string[]; options: Record<string, string> } {
  const words: string[] = [];
  const options: Record<string, string> = {};
  for (let at = 0; at < args.length; at++) {
    const [flag, inline] = args[at].split(/=(.*)/s);
    if (!flag.startsWith("--")) words.push(args[at]);
    else if (!known.includes(flag)) throw new Wrong(`there is no option ${flag}`);
    else if (inline === undefined && args[at + 1] === undefined) throw new Wrong(`${flag} wants a value`);
    else options[flag] = inline ?? args[++at];
  }
  return { words, options };
}
