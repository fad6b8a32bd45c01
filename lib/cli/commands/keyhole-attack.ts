import type { KeyholeWorld } from "./keyhole";
import { Wrong, read } from "./keyhole-args";

const suffixes: Record<string, number> = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
const usual = { NETWORK: 50e9, APPLICATION: 100_000 } as const;
const units = { NETWORK: "bit/s", APPLICATION: "requests/s" } as const;
const longest = 1_440;

/** `50G`, `100k`, `1200`: a rate, in bits or requests a second. */
function rate(text: string): number {
  const [, count, suffix] = /^(\d{1,6})([kmgt]?)$/i.exec(text) ?? [];
  const size = count === undefined ? 0 : Number(count) * suffixes[suffix.toLowerCase()];
  if (size < 1 || size > 1e13) throw new Wrong(`"${text}" is no rate such as 50G or 100k`);
  return size;
}

/**
 * `keyhole attack`: a flood comes to a resource, and Shield sees it. Nothing is sent: it is what Shield would have counted. It ends by
 * the lab's clock. Where Shield Advanced may write rules into the resource's web ACL, it does.
 */
export async function attack(args: string[], world: KeyholeWorld): Promise<string> {
  const { words: [kind, ResourceArn, ...rest], options } = read(args, ["--size", "--minutes"]);
  const [{ attackInput, attackKinds, kindsOn }, { protectedType }] = await Promise.all([import("../../engine/shield/estate/attack-kinds"), import("../../engine/shield/resources")]);
  const known = Object.keys(attackKinds) as (keyof typeof attackKinds)[];
  const id = known.find((one) => one === kind);
  if (!id || !ResourceArn || rest.length) throw new Wrong(`keyhole attack wants a kind (${known.join(", ")}) and a resource's ARN`);
  const type = protectedType(ResourceArn);
  if (!type) throw new Wrong(`${ResourceArn} is nothing that Shield looks at`);
  if (!kindsOn(type).includes(id)) throw new Wrong(`${attackKinds[id].name} does not reach that kind of resource; these do: ${kindsOn(type).join(", ")}`);
  const minutes = options["--minutes"] ?? "10";
  if (!/^[1-9]\d{0,3}$/.test(minutes) || Number(minutes) > longest) throw new Wrong(`--minutes wants a number from 1 to ${longest.toLocaleString("en")}`);
  const { layer, name } = attackKinds[id];
  const size = options["--size"] === undefined ? usual[layer] : rate(options["--size"]);
  const input = attackInput({ kind: id, size, minutes: Number(minutes), ResourceArn, StartTime: world.now() / 1000 });
  const reply = await world.call({ service: "estate", operation: "RecordAttack", input, region: world.region() });
  if (!reply.ok) throw new Wrong(reply.error.message ?? reply.error.code);
  return `${name}: up to ${size.toLocaleString("en")} ${units[layer]}, for ${minutes} ${minutes === "1" ? "minute" : "minutes"}.\n`;
}
