import { ok } from "../../errors";
import type { Operation } from "../../types";

/** Who am I? Asks no permission: not even an explicit deny stops it. Source: STS API, GetCallerIdentity. */
export const GetCallerIdentity: Operation = {
  name: "GetCallerIdentity",
  authorise: () => undefined,
  handle: (_input, { principal }) => ok({ UserId: principal.userId, Account: principal.account, Arn: principal.arn }),
};
