/**
 * `DescribeParameters` as the CLI spells it: `describe-parameters`. Runs of capitals are kept together
 * (`ListMFADevices`: `list-mfa-devices`), as is a plural of them (`VersionIDs`: `version-ids`).
 * Source: AWS CLI user guide, Command structure; the naming rule is botocore's.
 */
export function cliName(name: string): string {
  if (name.includes("-")) return name;
  const plural = /[A-Z]{2,}s$/.exec(name);
  const base = plural ? `${name.slice(0, plural.index)}-${plural[0].toLowerCase()}` : name;
  return base
    .replace(/(.)([A-Z][a-z]+)/gs, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/** Arguments whose CLI spelling is not the rule's, by service, operation and spelling. Source: aws-cli, argument renames. */
const renamed: Record<string, string> = {
  "iam.enable-mfa-device.authentication-code1": "authentication-code-1",
  "iam.enable-mfa-device.authentication-code2": "authentication-code-2",
  "iam.resync-mfa-device.authentication-code1": "authentication-code-1",
  "iam.resync-mfa-device.authentication-code2": "authentication-code-2",
};

export const cliArgument = (service: string, operation: string, member: string): string => {
  const name = cliName(member);
  return renamed[`${service}.${operation}.${name}`] ?? name;
};

/**
 * Up to three words that resemble one another, best first: what "Maybe you meant" offers.
 * The measure is twice the matching characters over all characters (Ratcliff and Obershelp), at least 0.8.
 */
export function closeMatches(word: string, choices: string[], cutoff = 0.8): string[] {
  return choices
    .map((choice) => ({ choice, score: similarity(choice, word, cutoff) }))
    .filter(({ score }) => score >= cutoff)
    .sort((a, b) => b.score - a.score || (a.choice < b.choice ? 1 : -1))
    .slice(0, 3)
    .map(({ choice }) => choice);
}

function similarity(a: string, b: string, cutoff: number): number {
  const total = a.length + b.length;
  if (!total) return 1;
  if ((2 * Math.min(a.length, b.length)) / total < cutoff) return 0;
  return (2 * matching(a, b)) / total;
}

function matching(a: string, b: string): number {
  let best = { at: 0, to: 0, size: 0 };
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) {
      let size = 0;
      while (i + size < a.length && j + size < b.length && a[i + size] === b[j + size]) size++;
      if (size > best.size) best = { at: i, to: j, size };
    }
  if (!best.size) return 0;
  return (
    best.size + matching(a.slice(0, best.at), b.slice(0, best.to)) + matching(a.slice(best.at + best.size), b.slice(best.to + best.size))
  );
}
