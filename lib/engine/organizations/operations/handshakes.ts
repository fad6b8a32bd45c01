import { ok, type Failure } from "../../errors";
import { accounts } from "../../iam/state";
import { arnOf, emailOf, join, nameOf, operation, page, word } from "../common";
import { orgErrors } from "../errors";
import { handshakes, members, membership, organizations, type HandshakeRow } from "../state";
import type { Context, Operation } from "../../types";

/** Invitations. Source: Organizations API Reference, InviteAccountToOrganization, AcceptHandshake and their kin. */

const FIFTEEN_DAYS = 15 * 86_400_000;

const stateAt = (row: Readonly<HandshakeRow>, now: number) =>
  row.State === "OPEN" && row.ExpirationTimestamp <= now ? "EXPIRED" : row.State;

const handshakeOut = (row: Readonly<HandshakeRow>, now: number) => ({
  Id: row.Id,
  Arn: row.Arn,
  Parties: [{ Id: row.organization.slice(2), Type: "ORGANIZATION" }, row.target],
  State: stateAt(row, now),
  RequestedTimestamp: row.RequestedTimestamp / 1000,
  ExpirationTimestamp: row.ExpirationTimestamp / 1000,
  Action: "INVITE",
  Resources: [
    {
      Type: "ORGANIZATION",
      Value: row.organization,
      Resources: [
        { Type: "MASTER_EMAIL", Value: emailOf(row.management) },
        { Type: "MASTER_NAME", Value: nameOf(row.management) },
        { Type: "ORGANIZATION_FEATURE_SET", Value: "FULL" },
      ],
    },
    { Type: row.target.Type, Value: row.target.Id },
    ...(row.Notes === undefined ? [] : [{ Type: "NOTES", Value: row.Notes }]),
  ],
});

/** Operations of the invited account, which is in no organization yet. */
const own = (
  name: string,
  handle: (input: { HandshakeId: string; Filter?: { ActionType?: string } }, ctx: Context) => ReturnType<Operation["handle"]>,
): Operation => ({
  name,
  authorise: () => ({ action: `organizations:${name}`, resource: "*" }),
  handle,
});

type Side = "invited" | "inviting";

function find(id: string, ctx: Context, sides: Side[]): Readonly<HandshakeRow> | Failure {
  const row = handshakes(ctx.db).get(id);
  const mine =
    row && ((sides.includes("invited") && row.account === ctx.account) || (sides.includes("inviting") && row.management === ctx.account));
  return mine ? row : orgErrors.handshakeNotFound();
}

function settle(id: string, ctx: Context, side: Side, state: "ACCEPTED" | "DECLINED" | "CANCELED"): HandshakeRow | Failure {
  const found = find(id, ctx, [side]);
  if ("ok" in found) return found;
  const now = stateAt(found, ctx.now);
  if (now === state) return orgErrors.alreadyInState();
  if (now !== "OPEN") return orgErrors.invalidTransition();
  const row = handshakes(ctx.db).edit(id);
  row.State = state;
  return row;
}

const list = (rows: Readonly<HandshakeRow>[], input: { Filter?: { ActionType?: string } }, ctx: Context) => {
  const wanted = input.Filter?.ActionType === undefined || input.Filter.ActionType === "INVITE";
  const part = page(wanted ? rows : [], input);
  return part.ok ? ok({ Handshakes: part.items.map((row) => handshakeOut(row, ctx.now)), ...part.next }) : part;
};

export const handshakeOperations = [
  operation({
    name: "InviteAccountToOrganization",
    handle({ Target, Notes }, ctx, organization) {
      const account =
        Target.Type === "ACCOUNT"
          ? Target.Id
          : accounts(ctx.db)
              .ids()
              .find((id) => emailOf(id) === Target.Id);
      // An account that the lab has not is asked by nobody: AWS cannot find it either.
      if (account === undefined || !accounts(ctx.db).get(account)) return orgErrors.accountNotFound();
      if (members(ctx.db).get(account)) return orgErrors.inAnOrganization();
      if (
        handshakes(ctx.db)
          .all()
          .some((row) => row.account === account && row.organization === organization.Id && stateAt(row, ctx.now) === "OPEN")
      )
        return orgErrors.duplicateHandshake();
      const Id = `h-${word(ctx, 32)}`;
      const row: HandshakeRow = {
        Id,
        Arn: arnOf(organization, `handshake/${organization.Id}/invite/${Id}`),
        organization: organization.Id,
        management: ctx.account,
        account,
        target: { Id: Target.Id, Type: Target.Type },
        State: "OPEN",
        RequestedTimestamp: ctx.now,
        ExpirationTimestamp: ctx.now + FIFTEEN_DAYS,
        ...(Notes === undefined ? {} : { Notes }),
      };
      handshakes(ctx.db).put(Id, row);
      return ok({ Handshake: handshakeOut(row, ctx.now) });
    },
  }),
  own("AcceptHandshake", (input, ctx) => {
    const row = settle(input.HandshakeId, ctx, "invited", "ACCEPTED");
    if ("ok" in row) return row;
    if (membership(ctx.db, ctx.account)) return orgErrors.inAnOrganization();
    const organization = organizations(ctx.db).get(row.organization);
    if (!organization) return orgErrors.handshakeNotFound();
    join(ctx, organization, ctx.account, { Name: nameOf(ctx.account), Email: emailOf(ctx.account), JoinedMethod: "INVITED" });
    return ok({ Handshake: handshakeOut(row, ctx.now) });
  }),
  own("DeclineHandshake", (input, ctx) => {
    const row = settle(input.HandshakeId, ctx, "invited", "DECLINED");
    return "ok" in row ? row : ok({ Handshake: handshakeOut(row, ctx.now) });
  }),
  own("CancelHandshake", (input, ctx) => {
    const row = settle(input.HandshakeId, ctx, "inviting", "CANCELED");
    return "ok" in row ? row : ok({ Handshake: handshakeOut(row, ctx.now) });
  }),
  own("DescribeHandshake", (input, ctx) => {
    const row = find(input.HandshakeId, ctx, ["invited", "inviting"]);
    return "ok" in row ? row : ok({ Handshake: handshakeOut(row, ctx.now) });
  }),
  own("ListHandshakesForAccount", (input, ctx) =>
    list(
      handshakes(ctx.db)
        .all()
        .filter(({ account }) => account === ctx.account),
      input,
      ctx,
    ),
  ),
  operation({
    name: "ListHandshakesForOrganization",
    handle: (input, ctx, organization) =>
      list(
        handshakes(ctx.db)
          .all()
          .filter((row) => row.organization === organization.Id),
        input,
        ctx,
      ),
  }),
];
