import { ok } from "../../errors";
import { arnOf, attachDefaults, isParent, membersOf, operation, page, unitsOf, word } from "../common";
import { orgErrors } from "../errors";
import { attachments, units, type OrganizationRow, type UnitRow } from "../state";
import type { Db } from "../../types";

/** Organizational units. Source: Organizations API Reference, CreateOrganizationalUnit and its kin. */

const unitOut = ({ Id, Arn, Name }: Readonly<UnitRow>) => ({ Id, Arn, Name });

const find = (db: Db, organization: OrganizationRow, id: string) => {
  const unit = units(db).get(id);
  return unit?.organization === organization.Id ? unit : undefined;
};

const taken = (db: Db, organization: OrganizationRow, parent: string, name: string) =>
  unitsOf(db, organization).some((unit) => unit.parent === parent && unit.Name === name);

/** How far below the root: a unit right under it is 1. */
function depth(db: Db, organization: OrganizationRow, id: string): number {
  let levels = 0;
  for (let at = id; at !== organization.rootId; at = units(db).get(at)!.parent) levels++;
  return levels;
}

const DEEPEST = 5;

export const unitOperations = [
  operation({
    name: "CreateOrganizationalUnit",
    handle({ ParentId, Name }, ctx, organization) {
      if (!isParent(ctx.db, organization, ParentId)) return orgErrors.parentNotFound();
      if (taken(ctx.db, organization, ParentId, Name)) return orgErrors.duplicateUnit();
      if (depth(ctx.db, organization, ParentId) >= DEEPEST) return orgErrors.unitsTooDeep();
      const Id = `ou-${organization.rootId.slice(2)}-${word(ctx, 8)}`;
      const row: UnitRow = {
        Id,
        Arn: arnOf(organization, `ou/${organization.Id}/${Id}`),
        Name,
        organization: organization.Id,
        parent: ParentId,
      };
      units(ctx.db).put(Id, row);
      attachDefaults(ctx.db, organization, Id);
      return ok({ OrganizationalUnit: unitOut(row) });
    },
  }),
  operation({
    name: "DescribeOrganizationalUnit",
    handle({ OrganizationalUnitId }, ctx, organization) {
      const unit = find(ctx.db, organization, OrganizationalUnitId);
      return unit ? ok({ OrganizationalUnit: unitOut(unit) }) : orgErrors.unitNotFound();
    },
  }),
  operation({
    name: "UpdateOrganizationalUnit",
    handle({ OrganizationalUnitId, Name }, ctx, organization) {
      const unit = find(ctx.db, organization, OrganizationalUnitId);
      if (!unit) return orgErrors.unitNotFound();
      if (Name !== undefined && Name !== unit.Name) {
        if (taken(ctx.db, organization, unit.parent, Name)) return orgErrors.duplicateUnit();
        units(ctx.db).edit(OrganizationalUnitId).Name = Name;
      }
      return ok({ OrganizationalUnit: unitOut(find(ctx.db, organization, OrganizationalUnitId)!) });
    },
  }),
  operation({
    name: "DeleteOrganizationalUnit",
    handle({ OrganizationalUnitId }, ctx, organization) {
      if (!find(ctx.db, organization, OrganizationalUnitId)) return orgErrors.unitNotFound();
      const inside = [...unitsOf(ctx.db, organization), ...membersOf(ctx.db, organization)].some(
        ({ parent }) => parent === OrganizationalUnitId,
      );
      if (inside) return orgErrors.unitNotEmpty();
      units(ctx.db).delete(OrganizationalUnitId);
      attachments(ctx.db).delete(OrganizationalUnitId);
      return ok({});
    },
  }),
  operation({
    name: "ListOrganizationalUnitsForParent",
    handle(input, ctx, organization) {
      if (!isParent(ctx.db, organization, input.ParentId)) return orgErrors.parentNotFound();
      const part = page(
        unitsOf(ctx.db, organization).filter(({ parent }) => parent === input.ParentId),
        input,
      );
      return part.ok ? ok({ OrganizationalUnits: part.items.map(unitOut), ...part.next }) : part;
    },
  }),
];
