import { firstScenario } from "@/content/scenarios/first";
import type { Lab } from "../engine/lab";
import type { Json, JsonObject, Reply } from "../engine/types";
import { valueAt } from "./goals";
import type { SolutionCall } from "./types";

export { firstScenario };

/**
 * Puts a lab in the state that a scenario describes, as `admin` of the default account and through the `lesson` door.
 * A call that does not end as the scenario says throws: a lab that is only half prepared must not be handed out.
 */
export async function prepare(lab: Pick<Lab, "call" | "advance">, scenario: readonly SolutionCall[], account = "111122223333"): Promise<void> {
  const replies: Reply[] = [];
  for (const { service, operation, input = {}, region, as = "admin", error, after } of scenario) {
    if (after) await lab.advance(after);
    const caller = as === "root" ? { account, root: true as const } : { account, user: as };
    const reply = await lab.call({ service, operation, input: (await filled(input, replies)) as JsonObject, region, caller, door: "lesson" });
    const code = reply.ok ? undefined : reply.error.code;
    if (code !== error)
      throw new Error(
        `The scenario's ${service}:${operation} ended with ${code ?? "success"}${reply.ok ? "" : ` (${reply.error.message ?? ""})`}.`,
      );
    replies.push(reply);
  }
}

/**
 * `$2.KeyMetadata.KeyId` is that member of the second reply, and `${2.Endpoint.Address}` the same within a text.
 * `$zip:MySQLSingleUser` is the deployment package of that rotation function, `$zip:hello-world` of that blueprint. Anything else stays as it is.
 */
async function filled(value: Json | undefined, replies: Reply[]): Promise<Json | undefined> {
  if (Array.isArray(value)) return Promise.all(value.map(async (item) => (await filled(item, replies)) ?? null));
  if (value !== null && typeof value === "object")
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, item]) => [name, await filled(item, replies)] as const)));
  if (typeof value !== "string") return value;
  const member = (at: string, path: string): Json | undefined => {
    const reply = replies[Number(at) - 1];
    return reply?.ok ? valueAt(reply.output, path) : undefined;
  };
  const whole = /^\$(\d+)\.(.+)$/.exec(value);
  if (whole) return member(whole[1], whole[2]);
  if (value.startsWith("$zip:")) return packageOf(value.slice(5));
  return value.replace(/\$\{(\d+)\.([^}]+)\}/g, (_, at: string, path: string) => String(member(at, path)));
}

/** A program in Python as CreateFunction takes it: a zip file in base64. */
async function packageOf(name: string): Promise<string> {
  const [files, { strToU8, zipSync }, { toBase64 }] = await Promise.all([programFiles(name), import("fflate/browser"), import("../engine/crypto/bytes")]);
  return toBase64(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));
}

async function programFiles(name: string): Promise<Readonly<Record<string, string>>> {
  const [{ rotationTemplate }, { codeOf }, { blueprints }] = await Promise.all([import("../engine/lambda/templates/list"), import("../engine/lambda/templates/code"), import("@/content/functions/blueprints")]);
  const template = rotationTemplate(name);
  const { file, text } = template ? codeOf(template, "python") : { file: "", text: "" };
  const files = template ? { [file]: text } : blueprints.find(({ id }) => id === name)?.programs.python?.files;
  if (!files) throw new Error(`There is no program ${name}.`);
  return files;
}
