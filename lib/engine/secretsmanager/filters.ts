import type { Failure } from "../errors";
import { invalidParameter } from "./errors";
import type { SecretRow } from "./state";

/**
 * The filters of ListSecrets and BatchGetSecretValue. All filters must hold; of a filter's values one is enough; `!` turns
 * a value round.
 * Source: Secrets Manager API, Filter; how words are taken apart, and that `description` goes by words, was found out on
 * AWS by moto's authors (tests marked AWS-verified).
 */

export interface FilterInput {
  Key?: string;
  Values?: string[];
}

type Secret = Readonly<SecretRow>;

const tagKeys = ({ tags = [] }: Secret): string[] => tags.map(({ Key }) => Key);
const tagValues = ({ tags = [] }: Secret): string[] => tags.map(({ Value }) => Value);
const present = (text: string | undefined): string[] => (text === undefined ? [] : [text]);

/** What a filter looks at, and how. */
const looks: Record<string, { at(secret: Secret): string[]; fits(value: string, wanted: string): boolean }> = {
  name: { at: ({ Name }) => [Name], fits: (value, wanted) => value.startsWith(wanted) },
  "tag-key": { at: tagKeys, fits: (value, wanted) => value.startsWith(wanted) },
  "tag-value": { at: tagValues, fits: (value, wanted) => value.startsWith(wanted) },
  "primary-region": { at: ({ PrimaryRegion }) => present(PrimaryRegion), fits: (value, wanted) => value.startsWith(wanted) },
  "owning-service": { at: ({ OwningService }) => present(OwningService), fits: (value, wanted) => value.startsWith(wanted) },
  description: { at: ({ Description }) => present(Description), fits: byWords },
  all: { at: (secret) => [secret.Name, ...present(secret.Description), ...tagKeys(secret), ...tagValues(secret)], fits: byWords },
};

/** Each word that is wanted begins some word of the value, whatever the case. */
function byWords(value: string, wanted: string): boolean {
  const looked = words(wanted);
  const known = words(value);
  return looked.length > 0 && looked.every((word) => known.some((one) => one.startsWith(word)));
}

const separators = "/-_+=.@";

/** A text with one kind of separator falls apart at it, and before capitals; one with several stays whole. */
function words(text: string): string[] {
  const kinds = [...separators].filter((character) => text.includes(character));
  if (kinds.length > 1) return [text.toLowerCase()];
  return (kinds.length ? text.split(kinds[0]) : [text])
    .flatMap((part) => part.split(/(?=[^a-z][a-z])/))
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
}

/** Whether a secret is wanted. Errors: InvalidParameterException. */
export function readFilters(filters: readonly FilterInput[] = []): ((secret: Secret) => boolean) | Failure {
  for (const { Key, Values } of filters) {
    if (Key === undefined) return invalidParameter("Invalid filter key");
    if (Values === undefined) return invalidParameter(`Invalid filter values for key: ${Key}`);
  }
  return (secret) =>
    filters.every(({ Key, Values }) => {
      const { at, fits } = looks[Key!];
      const values = at(secret);
      return Values!.some((wanted) => (wanted.startsWith("!") ? !values.some((value) => fits(value, wanted.slice(1))) : values.some((value) => fits(value, wanted))));
    });
}
