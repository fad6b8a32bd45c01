import type { InMemoryFs } from "just-bash/browser";
import type { Completion } from "../session";
import { Settings, readConfig } from "../aws/config";
import { type AwsWords, awsWords } from "./aws";
import { clientWords, isDatabaseClient } from "./databases";
import { type TypedLine, asTyped, readLine } from "./line";
import type { FoundName, LabNames, NameKind } from "./names";
import { cliRegions } from "./regions";

export interface CompletionWorld {
  fs: InMemoryFs;
  cwd: string;
  home: string;
  commands: string[];
  /** Exported variables. */
  variables: Record<string, string>;
  /** Whoever the page is, and where. */
  identity(): { region: string; account?: string };
  /** Names of the lab; absent where there is none. */
  names?: LabNames;
}

/** More than anybody reads; whoever wants another one types on. */
export const mostCandidates = 200;

/** What the last word of a line may become: commands, services, operations, options and their values, names of the lab, files. */
export async function completeLine(line: string, world: CompletionWorld): Promise<Completion> {
  const typed = readLine(line);
  const { words, word, redirect } = typed;
  if (redirect) return files(typed, "any", world);
  if (!words.length) {
    const assignment = await assignmentWords(typed, world);
    if (assignment) return offer(typed, assignment, word);
    if (!word.includes("/")) return offer(typed, { found: world.commands.map((name) => ({ name })).sort(byName) }, word);
  }
  if (isDatabaseClient(words[0])) {
    const place = { account: "", region: "" };
    const { head = "", ...found } = await clientWords(words[0], words.slice(1), word, (prefix) => world.names?.find("database-host", prefix, place, mostCandidates + 1) ?? []);
    return found.files ? files(typed, found.files, world) : offer(typed, found, word.slice(head.length), head);
  }
  if (words[0] !== "aws") return files(typed, "any", world);
  // `--region=eu`: the value is completed, and the flag stays.
  const equals = /^--[\w-]+=/.exec(word)?.[0];
  const before = words.slice(1);
  const value = equals ? word.slice(equals.length) : word;
  if (equals) before.push(equals.slice(0, -1));
  const found = await awsWords(before, value, awsWorld(typed, world));
  const named = offer(typed, found, value, equals);
  if (named.candidates.length || !found.files) return named;
  return files(typed, found.files, world, equals);
}

const byName = (a: FoundName, b: FoundName): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function offer(typed: TypedLine, { found, open = false }: AwsWords, value: string, head = ""): Completion {
  const fitting = found.filter(({ name }) => name.startsWith(value));
  const about: Record<string, string> = {};
  const candidates = fitting.slice(0, mostCandidates).map((one) => {
    const text = asTyped(head + one.name, typed.quote, open);
    if (one.about) about[text] = one.about;
    return text;
  });
  return { from: typed.from, candidates: [...new Set(candidates)], about, ...(fitting.length > mostCandidates ? { more: true } : {}) };
}

/** `AWS_PROFILE=`, `export AWS_REGION=` are handled where they begin a command. */
async function assignmentWords({ word }: TypedLine, world: CompletionWorld): Promise<AwsWords | undefined> {
  const name = /^(AWS_[A-Z_]+)=/.exec(word)?.[1];
  const values: Record<string, () => Promise<string[]> | string[]> = {
    AWS_PROFILE: () => profilesOf(world),
    AWS_REGION: () => cliRegions("").map((region) => region.name),
    AWS_DEFAULT_REGION: () => cliRegions("").map((region) => region.name),
    AWS_DEFAULT_OUTPUT: () => ["json", "text", "table", "yaml", "yaml-stream"],
  };
  if (!name || !Object.hasOwn(values, name)) return undefined;
  return { found: (await values[name]()).map((value) => ({ name: `${name}=${value}` })) };
}

// ---------------------------------------------------------------- the lab's names

const settingsOf = async ({ fs, cwd, home, variables }: CompletionWorld, options: { profile?: string; region?: string }, own: Record<string, string> = {}): Promise<Settings> => {
  const env = {
    call: () => Promise.reject(new Error("completion makes no calls")),
    readFile: (path: string) => fs.readFileBuffer(fs.resolvePath(cwd, path)),
    writeFile: () => Promise.resolve(),
    variables: { HOME: home, ...variables, ...own },
    now: () => 0,
  };
  return new Settings(env, await readConfig(env).catch(() => ({ profiles: new Map(), fromCredentials: new Map() })), options);
};

const profilesOf = async (world: CompletionWorld): Promise<string[]> => [...(await settingsOf(world, {})).files.profiles.keys()];

function awsWorld({ assignments }: TypedLine, world: CompletionWorld): Parameters<typeof awsWords>[2] {
  return {
    profiles: () => profilesOf(world),
    async names(kind: NameKind, prefix, options, of) {
      const { names } = world;
      if (!names) return [];
      const settings = await settingsOf(world, options, assignments);
      const place = placeOf(settings, names, world.identity());
      // One more than is shown: then it is known that there are more.
      return names.find(kind, prefix, place, mostCandidates + 1, of);
    },
  };
}

/** In whose account, and where, the command would look: of the profile's role, of the keys, or of the page. */
function placeOf(settings: Settings, names: LabNames, identity: { region: string; account?: string }): { account: string; region: string } {
  const { variables } = settings.env;
  const section = settings.profileMissing ? undefined : settings.files.profiles.get(settings.profileName);
  const key = settings.options.profile === undefined ? variables.AWS_ACCESS_KEY_ID : undefined;
  const role = /^arn:aws:iam::(\d{12}):/.exec(section?.get("role_arn") ?? "")?.[1];
  const id = key || (role ? undefined : section?.get("aws_access_key_id"));
  const region = settings.options.region ?? (variables.AWS_REGION || variables.AWS_DEFAULT_REGION || section?.get("region") || identity.region);
  return { account: (id ? names.accountOf(id) : role) ?? identity.account ?? "111122223333", region };
}

// ---------------------------------------------------------------- files

async function files(typed: TypedLine, how: NonNullable<AwsWords["files"]>, { fs, cwd, home }: CompletionWorld, head = ""): Promise<Completion> {
  const { from, quote } = typed;
  const word = typed.word.slice(head.length);
  const scheme = /^fileb?:\/\//.exec(word)?.[0];
  if (scheme === undefined && how !== "any") {
    const offered = how === "bytes" ? "fileb://" : "file://";
    return { from, candidates: offered.startsWith(word) ? [asTyped(head + offered, quote, true)] : [] };
  }
  const path = word.slice(scheme?.length ?? 0);
  const slash = path.lastIndexOf("/") + 1;
  const folder = path.slice(0, slash);
  const begins = path.slice(slash);
  const real = fs.resolvePath(cwd, folder.startsWith("~/") ? home + folder.slice(1) : folder || ".");
  try {
    const candidates: string[] = [];
    for (const name of (await fs.readdir(real)).sort()) {
      if (!name.startsWith(begins) || (name.startsWith(".") && !begins.startsWith("."))) continue;
      if (candidates.length === mostCandidates) return { from, candidates, more: true };
      const isFolder = (await fs.stat(fs.resolvePath(real, name)).catch(() => undefined))?.isDirectory === true;
      candidates.push(asTyped(`${head}${scheme ?? ""}${folder}${name}${isFolder ? "/" : ""}`, quote, isFolder));
    }
    return { from, candidates };
  } catch {
    return { from, candidates: [] };
  }
}
