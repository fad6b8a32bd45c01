import { accounts } from "@/lib/engine/regions";
import type { Lab } from "@/lib/engine/lab";

/** Something in the lab that policies can name. */
export interface LabResource {
  arn: string;
  /** What people call it: an alias, a name, an id. */
  name: string;
  kind: "KMS key" | "Parameter" | "Role" | "User" | "Policy";
}

/** The resources of an account: keys and parameters of the Region, users, roles and policies. Sorted by kind, then name. */
export function resourcesOf(lab: Pick<Lab, "read">, account: string, region: string): LabResource[] {
  const rows = <Row>(service: string, table: string, place = region): Readonly<Row>[] =>
    lab.read({ account, region: place, service }).table<Row & object>(table).all();
  const aliases = new Map(rows<{ AliasName: string; TargetKeyId: string }>("kms", "aliases").map((row) => [row.TargetKeyId, row.AliasName]));
  const keys = rows<{ KeyId: string; Arn: string }>("kms", "keys").map(
    ({ KeyId, Arn }): LabResource => ({ arn: Arn, name: aliases.get(KeyId) ?? KeyId, kind: "KMS key" }),
  );
  const parameters = rows<{ Name: string }>("ssm", "parameters").map(
    ({ Name }): LabResource => ({ arn: `arn:aws:ssm:${region}:${account}:parameter/${Name.replace(/^\//, "")}`, name: Name, kind: "Parameter" }),
  );
  const roles = rows<{ Arn: string; RoleName: string }>("iam", "roles", "global").map(
    ({ Arn, RoleName }): LabResource => ({ arn: Arn, name: RoleName, kind: "Role" }),
  );
  const users = rows<{ Arn: string; UserName: string }>("iam", "users", "global").map(
    ({ Arn, UserName }): LabResource => ({ arn: Arn, name: UserName, kind: "User" }),
  );
  const policies = rows<{ Arn: string; PolicyName: string }>("iam", "policies", "global").map(
    ({ Arn, PolicyName }): LabResource => ({ arn: Arn, name: PolicyName, kind: "Policy" }),
  );
  return [keys, parameters, roles, users, policies].flatMap((some) => some.sort((a, b) => a.name.localeCompare(b.name, "en")));
}

/** Those of every account of the lab. */
export const allResources = (lab: Pick<Lab, "read">, region: string): LabResource[] =>
  accounts.flatMap((account) => resourcesOf(lab, account, region));
