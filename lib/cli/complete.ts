import type { InMemoryFs } from "just-bash/browser";
import { regions } from "../engine/regions";
import { loadModel, operationNames, simulatedServices } from "./aws/models";
import { globalOptions, operationOptions } from "./aws/options";
import type { Completion } from "./session";

export interface CompletionWorld {
  fs: InMemoryFs;
  cwd: string;
  home: string;
  commands: string[];
}

/** What the last word of a line may become: commands, services, operations, options and their values, files. */
export async function completeLine(line: string, world: CompletionWorld): Promise<Completion> {
  // The command that is being typed: after the last | ; & ( or line break outside quotes.
  const bare = line.replace(/'[^']*'|"[^"]*"/g, (quoted) => "x".repeat(quoted.length));
  const start = Math.max(...["|", ";", "&", "(", "\n"].map((mark) => bare.lastIndexOf(mark))) + 1;
  const from = /[^\s=]*$/.exec(bare)!.index;
  const word = line.slice(from);
  const before = line.slice(start, from).trim().split(/\s+/).filter(Boolean);
  const done = (candidates: string[]): Completion => ({
    from,
    candidates: [...new Set(candidates)].filter((one) => one.startsWith(word)).sort(),
  });

  const redirect = before.length > 0 && /^\d?>{1,2}$|^<$/.test(before.at(-1)!);
  if (redirect) return files(line, from, word, world);
  if (!before.length && !word.includes("/")) return done(world.commands.map((name) => `${name} `));
  if (before[0] === "aws") {
    const found = await awsWords(before.slice(1), word);
    if (found) return done(found);
  }
  return files(line, from, word, world);
}

async function awsWords(before: string[], word: string): Promise<string[] | undefined> {
  const words: string[] = [];
  for (let i = 0; i < before.length; i++) {
    if (!before[i].startsWith("-")) words.push(before[i]);
    else if (globalOptions.some((option) => option.flag === before[i] && option.takes === "one")) i++;
  }
  const [service, operation] = words;
  const last = before.at(-1) ?? "";
  const values = globalOptions.find((option) => option.flag === last)?.choices;
  if (values) return values.map((value) => `${value} `);
  if (last === "--region") return Object.keys(regions).map((name) => `${name} `);
  const globals = globalOptions.map((option) => `${option.flag} `);
  if (service === undefined) return word.startsWith("-") ? globals : [...simulatedServices, "configure", "help"].map((name) => `${name} `);
  if (service === "configure") return operation === undefined ? ["get ", "list ", "list-profiles ", "set "] : undefined;
  const model = await loadModel(service);
  if (!model) return [];
  const operations = operationNames(model);
  if (operation === undefined) {
    if (word.startsWith("-")) return globals;
    return [...[...operations].filter(([, name]) => Object.hasOwn(model.operations, name)).map(([spelled]) => `${spelled} `), "help "];
  }
  const name = operations.get(operation);
  if (!name || !Object.hasOwn(model.operations, name)) return [];
  const options = operationOptions(service, name, model.operations[name], model);
  const current = options.members.find((option) => option.flag === last);
  const shape = current?.shape.type === "list" ? model.shapes[current.shape.member!.shape] : current?.shape;
  if (shape?.enum && !word.startsWith("-")) return shape.enum.map((value) => `${value} `);
  if (word.startsWith("-"))
    return [
      ...[...options.members, ...options.general].filter((option) => !before.includes(option.flag)).map((option) => `${option.flag} `),
      ...globals,
    ];
  return undefined;
}

async function files(line: string, from: number, word: string, { fs, cwd, home }: CompletionWorld): Promise<Completion> {
  const scheme = /^fileb?:\/\//.exec(word)?.[0] ?? "";
  const path = word.slice(scheme.length);
  const slash = path.lastIndexOf("/") + 1;
  const folder = path.slice(0, slash);
  const real = fs.resolvePath(cwd, folder.startsWith("~/") ? home + folder.slice(1) : folder || ".");
  try {
    const candidates: string[] = [];
    for (const name of await fs.readdir(real)) {
      if (!name.startsWith(path.slice(slash)) || (name.startsWith(".") && !path.slice(slash).startsWith("."))) continue;
      const isFolder = (await fs.stat(fs.resolvePath(real, name))).isDirectory;
      candidates.push(`${scheme}${folder}${name.replace(/[^\w./:@%+=,-]/g, "\\$&")}${isFolder ? "/" : " "}`);
    }
    return { from, candidates: candidates.sort() };
  } catch {
    return { from, candidates: [] };
  }
}
