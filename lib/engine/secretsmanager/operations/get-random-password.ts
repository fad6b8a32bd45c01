import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { askAll } from "../authorise";
import { invalidParameter } from "../errors";

interface Input {
  PasswordLength?: number;
  ExcludeCharacters?: string;
  ExcludeNumbers?: boolean;
  ExcludePunctuation?: boolean;
  ExcludeUppercase?: boolean;
  ExcludeLowercase?: boolean;
  IncludeSpace?: boolean;
  RequireEachIncludedType?: boolean;
}

const usualLength = 32;
const uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lowercase = uppercase.toLowerCase();
const numbers = "0123456789";
const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/**
 * A password by chance. At least one of every kind that is not excluded is in it, unless RequireEachIncludedType is false;
 * the space is no such kind.
 * Errors: InvalidParameterException, with texts that AWS's CloudFormation shows for its own generated secrets.
 * Source: Secrets Manager API, GetRandomPassword.
 */
export const GetRandomPassword: Operation = {
  name: "GetRandomPassword",
  authorise: () => askAll("GetRandomPassword"),
  handle(input: Input, ctx) {
    const { PasswordLength: length = usualLength, ExcludeCharacters = "", RequireEachIncludedType = true } = input;
    const left = (characters: string): string => [...characters].filter((character) => !ExcludeCharacters.includes(character)).join("");
    const kinds = [input.ExcludeUppercase ? undefined : uppercase, input.ExcludeLowercase ? undefined : lowercase, input.ExcludeNumbers ? undefined : numbers, input.ExcludePunctuation ? undefined : punctuation]
      .filter((kind) => kind !== undefined)
      .map(left);
    const pool = [...kinds, input.IncludeSpace ? left(" ") : ""].join("");
    if (!pool) return invalidParameter("All characters have been excluded from selection.");
    if (RequireEachIncludedType && kinds.some((kind) => !kind)) return invalidParameter("All characters of the desired type have been excluded.");
    const required = RequireEachIncludedType ? kinds : [];
    if (length < required.length) return invalidParameter("Password length is too short based on the required types.");
    const characters = [...required, ...Array<string>(length - required.length).fill(pool)].map((from) => from[below(ctx, from.length)]);
    // Where the required ones stand is chance too (Fisher and Yates).
    for (let i = characters.length - 1; i > 0; i--) {
      const j = below(ctx, i + 1);
      [characters[i], characters[j]] = [characters[j], characters[i]];
    }
    return ok({ RandomPassword: characters.join("") });
  },
};

/** A whole number below `limit` (at most 65,536), each as likely as any other: what lies beyond the last whole round is drawn again. */
function below(ctx: Context, limit: number): number {
  const rounds = Math.floor(65_536 / limit) * limit;
  for (;;) {
    const [high, low] = ctx.random(2);
    const drawn = high * 256 + low;
    if (drawn < rounds) return drawn % limit;
  }
}
