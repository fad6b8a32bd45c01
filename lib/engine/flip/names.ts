import { parseArn } from "../arn";
import { aliases, keys } from "../kms/state";
import { regions } from "../regions";
import { parameters } from "../ssm/state";
import type { Db } from "../types";
import { edit } from "./places";
import { byCalls, byInput } from "./steps";
import type { Scene, Step } from "./types";

/** Names that are not there: one that is written almost so, one in another Region, one that was deleted. */

/** How many letters are to be changed, put in or taken out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/** The name that is most like this one, if it is like it at all. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const near = names
    .map((one) => ({ one, far: one.toLowerCase() === name.toLowerCase() ? 0.5 : distance(name, one) }))
    .filter(({ far, one }) => far > 0 && far <= Math.max(1, Math.floor(Math.min(name.length, one.length) / 6)))
    .sort((a, b) => a.far - b.far);
  return near[0]?.one;
}

/** Regions of this account in which a table has this row. */
const elsewhere = (scene: Scene, has: (region: string) => boolean): string[] =>
  Object.keys(regions).filter((region) => region !== (scene.call.region ?? "us-east-1") && has(region));

const kmsAt = (scene: Scene, region: string): Db => scene.db.at({ account: scene.principal.account, region, service: "kms" });
const ssmAt = (scene: Scene, region: string): Db => scene.db.at({ account: scene.principal.account, region, service: "ssm" });

export function missingKey(scene: Scene, own: boolean): Step[] {
  const { input = {}, region = "us-east-1" } = scene.call;
  const member = ["KeyId", "SourceKeyId", "DestinationKeyId", "TargetKeyId", "AliasName", "KmsKeyId"].find(
    (name) => typeof input[name] === "string" && !isThere(kmsAt(scene, region), String(input[name])),
  );
  if (!member) return [];
  const name = String(input[member]);
  const bare = name.startsWith("arn:") ? (parseArn(name)?.resource ?? name).replace(/^key\//, "") : name;
  const steps: Step[] = [];
  const alias = bare.startsWith("alias/") ? nearest(bare, aliases(kmsAt(scene, region)).ids()) : undefined;
  if (alias) steps.push(byInput(scene, `Name the alias as it is written: ${alias}`, { input: { [member]: alias } }));
  if (bare.startsWith("alias/") && own) steps.push(...deletedAlias(scene, bare));
  // An ARN says its Region itself; a bare name is looked for where one asks.
  for (const other of elsewhere(scene, (at) => isThere(kmsAt(scene, at), bare)).slice(0, 2)) {
    const words = bare.startsWith("alias/") ? `the alias ${bare} is` : `the key …${bare.slice(-4)} is`;
    steps.push(byInput(scene, `Ask in ${other}: ${words} there`, { region: other }));
  }
  return steps;
}

function isThere(db: Db, name: string): boolean {
  const bare = name.startsWith("arn:") ? (parseArn(name)?.resource ?? name).replace(/^key\//, "") : name;
  return bare.startsWith("alias/") ? aliases(db).get(bare)?.TargetKeyId !== undefined : keys(db).get(bare) !== undefined;
}

/** An alias that the journal saw deleted: it can be made again for the key that it named. */
function deletedAlias(scene: Scene, AliasName: string): Step[] {
  const { account } = scene.principal;
  const { region = "us-east-1" } = scene.call;
  for (const { changes } of scene.journal.toReversed())
    for (const change of changes)
      if (
        change.service === "kms" &&
        change.table === "aliases" &&
        change.id === AliasName &&
        change.account === account &&
        change.region === region &&
        change.before &&
        !change.after
      ) {
        const { TargetKeyId } = change.before as { TargetKeyId?: string };
        if (TargetKeyId === undefined || !keys(kmsAt(scene, region)).get(TargetKeyId)) return [];
        return [
          byCalls(
            `Make the alias ${AliasName} again, for the key …${TargetKeyId.slice(-4)} that it named before it was deleted`,
            [edit(scene.db, account, "kms", "CreateAlias", { AliasName, TargetKeyId }, region)],
            2,
          ),
        ];
      }
  return [];
}

export function missingParameter(scene: Scene): Step[] {
  const { input = {}, region = "us-east-1" } = scene.call;
  if (typeof input.Name !== "string" || input.Name.startsWith("arn:")) return [];
  const [name, ...selector] = input.Name.split(":");
  const table = parameters(ssmAt(scene, region));
  // A list of thousands is not looked through for a slip of the pen.
  const known =
    table.size <= 5_000 ? table.ids() : table.ids({ prefix: name.slice(0, Math.max(1, name.lastIndexOf("/") + 1)), limit: 5_000 });
  const like = nearest(name, known) ?? known.find((one) => one === `/${name}` || `/${one}` === name);
  const steps =
    like === undefined
      ? []
      : [byInput(scene, `Name the parameter as it is written: ${like}`, { input: { Name: [like, ...selector].join(":") } })];
  for (const other of elsewhere(scene, (at) => parameters(ssmAt(scene, at)).get(name) !== undefined).slice(0, 2))
    steps.push(byInput(scene, `Ask in ${other}: the parameter ${name} is there`, { region: other }));
  return steps;
}

/** Another version, or the label put on the newest one. */
export function missingVersion(scene: Scene): Step[] {
  const { input = {}, region = "us-east-1" } = scene.call;
  if (typeof input.Name !== "string" || input.Name.startsWith("arn:")) return [];
  const at = input.Name.lastIndexOf(":");
  const [name, selector] = [input.Name.slice(0, at), input.Name.slice(at + 1)];
  const row = parameters(ssmAt(scene, region)).get(name);
  if (at < 0 || !row) return [];
  const ask = (Name: string, words: string): Step => byInput(scene, words, { input: { Name } });
  if (/^\d+$/.test(selector)) return [ask(name, `Ask for the newest version, ${row.Version}: leave “:${selector}” out of the name`)];
  const label = nearest(
    selector,
    row.labels.map(([known]) => known),
  );
  return [
    ...(label === undefined ? [] : [ask(`${name}:${label}`, `Name the label as it is written: ${label}`)]),
    byCalls(
      `Put the label ${selector} on version ${row.Version} of ${name}`,
      [
        edit(
          scene.db,
          scene.principal.account,
          "ssm",
          "LabelParameterVersion",
          { Name: name, ParameterVersion: row.Version, Labels: [selector] },
          region,
        ),
      ],
      1,
    ),
    { ...ask(name, `Ask for the newest version, ${row.Version}: leave the label out of the name`), asksOtherwise: true },
  ];
}
