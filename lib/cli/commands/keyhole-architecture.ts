import type { AttackName, PartName, ProtectionName } from "../../engine/architecture/names";
import type { RunOutput } from "../../engine/architecture/output";
import type { JsonObject } from "../../engine/types";
import type { KeyholeWorld } from "./keyhole";
import { Wrong, read } from "./keyhole-args";

const asTyped = (name: string): string => name.toLowerCase().replaceAll("_", "-");
const asNamed = (word: string): string => word.toUpperCase().replaceAll("-", "_");

/** Names of a list as they are typed, comma between them; `none` is none of them. */
function chosen<Name extends string>(given: string, names: readonly Name[], flag: string): Name[] {
  if (given === "none") return [];
  return given.split(",").map((word) => {
    const name = names.find((each) => each === asNamed(word.trim()));
    if (!name) throw new Wrong(`${flag}: there is no protection ${word.trim()}; there are ${names.map(asTyped).join(", ")}`);
    return name;
  });
}

function whole(given: string | undefined, flag: string, low: number, high: number): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,10}$/.test(given) || Number(given) < low || Number(given) > high) throw new Wrong(`${flag} wants a whole number from ${low} to ${high}`);
  return Number(given);
}

/**
 * `keyhole architecture`: runs the reference architecture (Route 53, CloudFront, AWS WAF, a load balancer, an Auto Scaling group) against
 * an attack, with all protections or with some, and prints what became of users and attackers, and the bill.
 */
export async function architecture(args: string[], world: KeyholeWorld): Promise<string> {
  const { words, options } = read(args, ["--without", "--only", "--lose-zone", "--seconds", "--seed"]);
  const [{ attackNames, protectionNames }, { attacks }, { protections }] = await Promise.all([import("../../engine/architecture/names"), import("../../engine/architecture/attacks"), import("../../engine/architecture/protections")]);
  const [what] = words;
  if (what === "list") {
    const rows = (list: { name: string; title: string; what: string }[]): string[] => list.map(({ name, title, what: text }) => `  ${asTyped(name).padEnd(22)} ${title}. ${text}`);
    return `${["Attacks:", ...rows(attackNames.map((name) => attacks[name])), "Protections:", ...rows(protectionNames.map((name) => protections[name]))].join("\n")}\n`;
  }
  const Attack = attackNames.find((name) => name === asNamed(what ?? ""));
  if (!Attack || words.length > 1) throw new Wrong(`${what === undefined ? "keyhole architecture wants an attack" : `there is no attack ${words.join(" ")}`}: keyhole architecture list shows them`);
  if (options["--only"] !== undefined && options["--without"] !== undefined) throw new Wrong("--only and --without exclude each other");
  const zone = options["--lose-zone"] ?? "no";
  if (zone !== "yes" && zone !== "no") throw new Wrong("--lose-zone is yes or no");
  const without = options["--without"] === undefined ? [] : chosen<ProtectionName>(options["--without"], protectionNames, "--without");
  const [Seconds, Seed] = [whole(options["--seconds"], "--seconds", 60, 1_800), whole(options["--seed"], "--seed", 0, 2_147_483_647)];
  const input: JsonObject = {
    Attack: Attack satisfies AttackName,
    Protections: options["--only"] === undefined ? protectionNames.filter((name) => !without.includes(name)) : chosen<ProtectionName>(options["--only"], protectionNames, "--only"),
    ...(zone === "yes" ? { LoseZone: true } : {}), ...(Seconds === undefined ? {} : { Seconds }), ...(Seed === undefined ? {} : { Seed }),
  };
  const reply = await world.call({ service: "architecture", operation: "Run", input, region: world.region() });
  if (!reply.ok) throw new Wrong(reply.error.message ?? reply.error.code);
  return text(reply.output as unknown as RunOutput);
}

async function text(output: RunOutput): Promise<string> {
  const { clock, endWords, number, partTitles, sentences, usd } = await import("../../engine/architecture/words");
  const ends = (crowd: "USERS" | "ATTACKERS"): string[] => output.Ends.filter(({ Crowd }) => Crowd === crowd).map((end) => `  ${number(end.Count).padStart(13)}  ${partTitles[end.Part as PartName].padEnd(13)}  ${endWords(end)}`);
  const attackers = ends("ATTACKERS");
  return [
    ...sentences(output),
    ...output.Idle.map(({ Protection, Why }) => `${asTyped(Protection)} does nothing here: ${Why}.`),
    "", `Users' requests, ${number(output.Users.Sent)}:`, ...ends("USERS"),
    ...(attackers.length ? [`Attackers' ${output.Attackers.Unit}, ${number(output.Attackers.Sent)}:`, ...attackers] : []),
    ...(output.Events.length ? ["What happened:", ...output.Events.map(({ At, Detail }) => `  ${clock(At).padStart(6)}  ${Detail}`)] : []),
    "The bill:", ...output.Bill.Lines.map(({ What, Quantity, Unit, Usd, Note }) => `  ${(Note ?? usd(Usd)).padStart(9)}  ${What} (${Quantity < 1 ? String(Quantity) : number(Quantity)} ${Unit})`),
    "", "Simulated: capacities and times are the lab's own choices.", "",
  ].join("\n");
}
