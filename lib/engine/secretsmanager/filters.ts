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

type Fits = (value: string) => boolean;

const beginning = (wanted: string): Fits => (value) => value.startsWith(wanted);

/** Each word that is wanted begins some word of the value, whatever the case. */
function byWords(wanted: string): Fits {
  const looked = words(wanted);
  return (value) => {
    // A word that is nowhere in the text begins none of its words: most texts need not be taken apart.
    const text = value.toLowerCase();
    if (!looked.length || !looked.every((word) => text.includes(word))) return false;
    const known = words(value);
    return looked.every((word) => known.some((one) => one.startsWith(word)));
  };
}

/** What a filter looks at, and how. */
const looks: Record<string, { at(secret: Secret): string[]; fits(wanted: string): Fits }> = {
  name: { at: ({ Name }) => [Name], fits: beginning },
  "tag-key": { at: tagKeys, fits: beginning },
  "tag-value": { at: tagValues, fits: beginning },
  "primary-region": { at: ({ PrimaryRegion }) => present(PrimaryRegion), fits: beginning },
  "owning-service": { at: ({ OwningService }) => present(OwningService), fits: beginning },
  description: { at: ({ Description }) => present(Description), fits: byWords },
  all: { at: (secret) => [secret.Name, ...present(secret.Description), ...tagKeys(secret), ...tagValues(secret)], fits: byWords },
};

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
  const tests = filters.map(({ Key, Values }) => {
    const { at, fits } = looks[Key!];
    const wishes = Values!.map((value) => ({ not: value.startsWith("!"), holds: fits(value.replace(/^!/, "")) }));
    return (secret: Secret): boolean => {
      const values = at(secret);
      return wishes.some(({ not, holds }) => values.some(holds) !== not);
    };
  });
  return (secret) => tests.every((fits) => fits(secret));
}

/** What the names of wanted secrets begin with, if a filter says so: a list is then found without looking at every secret. */
export function namePrefixes(filters: readonly FilterInput[] = []): string[] | undefined {
  return filters.find(({ Key, Values }) => Key === "name" && Values!.every((value) => !value.startsWith("!")))?.Values;
}
