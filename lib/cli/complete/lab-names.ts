import { managedPolicies } from "../../engine/iam/managed-policies";
import { accessKeys, accounts, groups, nameId, policies, roles, sessions, users } from "../../engine/iam/state";
import { aliases, grants, keys } from "../../engine/kms/state";
import type { Lab } from "../../engine/lab";
import { regions } from "../../engine/regions";
import type { SecretRow } from "../../engine/secretsmanager/state";
import type { ParameterRow } from "../../engine/ssm/state";
import type { Db, Table } from "../../engine/types";
import type { FoundName, LabNames } from "./names";

/** How many rows are looked at where names are not in the order of their ids (ARNs of roles and policies). */
const scanned = 2_000;

/**
 * The names of a lab, read from its records: no call is made, so nothing stands in the journal, and names are offered to
 * whoever may not list them too. (The real completer lists with the credentials in force.)
 */
export function labNames(lab: Lab): LabNames {
  const iam = (): Db => lab.read({ account: "global", region: "global", service: "iam" });
  return {
    accountOf(id) {
      return sessions(iam()).get(id)?.account ?? accessKeys(iam()).get(id)?.account;
    },
    find(kind, prefix, { account, region }, limit, of) {
      const kms = (): Db => lab.read({ account, region, service: "kms" });
      switch (kind) {
        case "key":
          return keyNames(kms(), prefix, limit, account, region);
        case "alias":
          return aliasNames(kms(), prefix, limit);
        case "key-or-alias":
          return [...aliasNames(kms(), prefix, limit), ...keyNames(kms(), prefix, limit, account, region)].slice(0, limit);
        case "grant": {
          const key = of?.split("/").at(-1);
          if (!key) return [];
          return ids(grants(kms()), `${key}/${prefix}`, limit).map((id) => ({ name: id.slice(key.length + 1), about: grants(kms()).get(id)?.Name }));
        }
        case "parameter": {
          const table = lab.read({ account, region, service: "ssm" }).table<ParameterRow>("parameters");
          return ids(table, prefix, limit).map((name) => ({ name, about: table.get(name)?.Type }));
        }
        case "path":
          return paths(lab.read({ account, region, service: "ssm" }).table<ParameterRow>("parameters"), prefix, limit);
        case "secret":
          return secretNames(lab.read({ account, region, service: "secretsmanager" }).table<SecretRow>("secrets"), prefix, limit);
        case "user":
          return named(users(iam(), account), prefix, limit, ({ UserName }) => UserName);
        case "group":
          return named(groups(iam(), account), prefix, limit, ({ GroupName }) => GroupName);
        case "role":
          return named(roles(iam(), account), prefix, limit, ({ RoleName }) => RoleName);
        case "role-arn":
          return arns(roles(iam(), account), prefix, limit);
        case "policy-arn":
          return [...arns(policies(iam(), account), prefix, limit), ...begin([...managedPolicies.keys()].sort(), prefix)].slice(0, limit);
        case "principal-arn":
          return [...begin([`arn:aws:iam::${account}:root`], prefix), ...arns(users(iam(), account), prefix, limit), ...arns(roles(iam(), account), prefix, limit)].slice(0, limit);
        case "access-key": {
          const table = accessKeys(iam());
          const mine = table.ids({ limit: scanned }).map((id) => table.get(id)!);
          return begin(mine.filter((row) => row.account === account && (of === undefined || row.UserName === of)).map((row) => row.AccessKeyId), prefix).slice(0, limit);
        }
        case "account":
          return ids(accounts(iam()), prefix, limit).map((name) => ({ name }));
        case "database-host": {
          const table = lab.read({ account: "", region: "global", service: "database" }).table("hosts");
          return ids(table, prefix, limit).map((name) => ({ name }));
        }
        case "db-instance":
        case "db-cluster":
          return databases(lab.read({ account, region, service: "rds" }).table(kind === "db-instance" ? "instances" : "clusters"), prefix, limit);
        case "redshift-cluster":
          return databases(lab.read({ account, region, service: "redshift" }).table("clusters"), prefix, limit);
        case "region":
          return Object.entries(regions)
            .filter(([name]) => name.startsWith(prefix))
            .map(([name, about]) => ({ name, about }));
      }
    },
  };
}

const ids = (table: Table, prefix: string, limit: number): string[] => table.ids({ prefix, limit });
const begin = (names: string[], prefix: string): FoundName[] => names.filter((name) => name.startsWith(prefix)).map((name) => ({ name }));

function keyNames(kms: Db, prefix: string, limit: number, account: string, region: string): FoundName[] {
  const table = keys(kms);
  const arn = `arn:aws:kms:${region}:${account}:key/`;
  // ARNs only for whoever began to type one.
  const whole = prefix.startsWith("arn:");
  if (whole && !arn.startsWith(prefix) && !prefix.startsWith(arn)) return [];
  return ids(table, whole ? prefix.slice(arn.length) : prefix, limit).map((id) => {
    const { Description, KeySpec, KeyState } = table.get(id)!;
    const state = KeyState === "Enabled" ? "" : `, ${KeyState}`;
    return { name: whole ? arn + id : id, about: (Description || KeySpec) + state };
  });
}

function aliasNames(kms: Db, prefix: string, limit: number): FoundName[] {
  const table = aliases(kms);
  return ids(table, prefix, limit).map((name) => ({ name, about: table.get(name)?.TargetKeyId }));
}

/** By name; by ARN for whoever began to type one, which is in the order of names too. */
function secretNames(table: Table<SecretRow>, prefix: string, limit: number): FoundName[] {
  const about = ({ Description, DeletedDate }: Readonly<SecretRow>): string | undefined => (DeletedDate === undefined ? Description : "to be deleted");
  if (!prefix.startsWith("arn:")) return ids(table, prefix, limit).map((name) => ({ name, about: about(table.get(name)!) }));
  return table
    .ids({ limit: scanned })
    .map((name) => table.get(name)!)
    .filter(({ ARN }) => ARN.startsWith(prefix))
    .slice(0, limit)
    .map((row) => ({ name: row.ARN, about: about(row) }));
}

const databases = (table: Table<{ status: string }>, prefix: string, limit: number): FoundName[] => ids(table, prefix.toLowerCase(), limit).map((name) => ({ name, about: table.get(name)?.status }));

/** IAM's ids are names in small letters. */
const named = <R extends object>(table: Table<R>, prefix: string, limit: number, name: (row: Readonly<R>) => string): FoundName[] =>
  ids(table, nameId(prefix), limit)
    .map((id) => ({ name: name(table.get(id)!) }))
    .filter((found) => found.name.startsWith(prefix));

function arns(table: Table<{ Arn: string }>, prefix: string, limit: number): FoundName[] {
  const found: FoundName[] = [];
  for (const id of table.ids({ limit: scanned })) {
    const { Arn } = table.get(id)!;
    if (Arn.startsWith(prefix)) found.push({ name: Arn });
    if (found.length === limit) break;
  }
  return found;
}

/** Levels of the hierarchy below what is typed, each once: from one the search jumps over all that is below it. */
function paths(table: Table, prefix: string, limit: number): FoundName[] {
  const found: FoundName[] = [];
  let after: string | undefined;
  for (let step = 0; step < scanned && found.length < limit; step++) {
    const [id] = table.ids({ prefix, limit: 1, ...(after === undefined ? {} : { after }) });
    if (id === undefined) break;
    const slash = id.indexOf("/", Math.max(prefix.length, 1));
    if (slash < 0) {
      after = id;
      if (!id.startsWith("/")) break;
      continue;
    }
    const level = id.slice(0, slash);
    found.push({ name: level });
    after = `${level}/\uffff`;
  }
  return found;
}
