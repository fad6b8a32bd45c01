import { accounts } from "@/lib/engine/regions";
import type { Lab } from "@/lib/engine/lab";
import type { Caller } from "@/lib/engine/types";

/** Somebody who can call: a user, a role or the root user of an account. */
export interface Identity {
  arn: string;
  name: string;
  kind: "root user" | "IAM user" | "role";
  account: string;
  caller: Caller;
}

/** Everybody whom the lab's IAM knows, account by account. */
export function identitiesOf(lab: Pick<Lab, "read">): Identity[] {
  return accounts.flatMap((account) => {
    const rows = <Row extends object>(table: string): Readonly<Row>[] => lab.read({ account, region: "global", service: "iam" }).table<Row>(table).all();
    const root: Identity = { arn: `arn:aws:iam::${account}:root`, name: "root", kind: "root user", account, caller: { account, root: true } };
    const users = rows<{ Arn: string; UserName: string }>("users").map(
      ({ Arn, UserName }): Identity => ({ arn: Arn, name: UserName, kind: "IAM user", account, caller: { account, user: UserName } }),
    );
    const roles = rows<{ Arn: string; RoleName: string }>("roles").map(
      ({ Arn, RoleName }): Identity => ({ arn: Arn, name: RoleName, kind: "role", account, caller: { account, role: RoleName, session: "test" } }),
    );
    return [root, ...users, ...roles];
  });
}
