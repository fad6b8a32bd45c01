import { type Failure, ok } from "../../errors";
import type { Operation } from "../../types";
import { isBlock } from "../addresses";
import { askEntity } from "../authorise";
import { type Locked, type Made, asking, deleting, editLocked, enter, getting, listing, newEntity } from "../entity";
import { invalid, isFailure, reasons, wafErrors } from "../errors";
import type { IpSetRow } from "../state";

/** Source: AWS WAF Developer Guide, AWS WAF quotas. */
const mostAddresses = 10_000;

interface Addresses {
  IPAddressVersion: "IPV4" | "IPV6";
  Addresses: string[];
}

function problemOf({ IPAddressVersion, Addresses }: Addresses): Failure | undefined {
  if (Addresses.length > mostAddresses) return wafErrors.limit();
  const wrong = Addresses.find((address) => !isBlock(address, IPAddressVersion));
  return wrong === undefined ? undefined : invalid("IP_ADDRESS", wrong, reasons.format);
}

/** Errors: WAFInvalidParameterException (IP_ADDRESS, SCOPE_VALUE, TAGS), WAFDuplicateItemException, WAFLimitsExceededException. Source: WAFV2 API, CreateIPSet. */
export const CreateIPSet: Operation = {
  name: "CreateIPSet",
  authorise: asking("ipset", "CreateIPSet"),
  handle(input: Made & Addresses, ctx) {
    const entity = newEntity(ctx, "ipset", input);
    if (isFailure(entity)) return entity;
    const { IPAddressVersion, Addresses } = input;
    return problemOf(input) ?? enter(ctx, "ipset", { ...entity, IPAddressVersion, Addresses: [...new Set(Addresses)] });
  },
};

/** All addresses anew. Errors: WAFInvalidParameterException, WAFNonexistentItemException, WAFOptimisticLockException, WAFLimitsExceededException. Source: WAFV2 API, UpdateIPSet. */
export const UpdateIPSet: Operation = {
  name: "UpdateIPSet",
  authorise: (input: Locked, ctx) => askEntity(ctx, "UpdateIPSet", "ipset", input),
  handle(input: Locked & { Description?: string; Addresses: string[] }, ctx) {
    const row = editLocked(ctx, "ipset", input);
    if (isFailure(row)) return row;
    const problem = problemOf({ IPAddressVersion: row.IPAddressVersion, Addresses: input.Addresses });
    if (problem) return problem;
    row.Addresses = [...new Set(input.Addresses)];
    row.Description = input.Description ?? "";
    return ok({ NextLockToken: row.LockToken });
  },
};

const view = ({ Name, Id, ARN, Description, IPAddressVersion, Addresses }: Readonly<IpSetRow>) => ({ IPSet: { Name, Id, ARN, Description, IPAddressVersion, Addresses: [...Addresses] } });

export const GetIPSet = getting("ipset", "GetIPSet", view);
export const ListIPSets = listing("ipset", "ListIPSets", "IPSets");
export const DeleteIPSet = deleting("ipset", "DeleteIPSet");
