import { accessKeys, sessions } from "../../iam/state";
import { ok } from "../../errors";
import { stsErrors } from "../errors";
import type { Operation } from "../../types";

/** The account of an access key, long-term or temporary, whatever its state. Source: STS API, GetAccessKeyInfo. */
export const GetAccessKeyInfo: Operation = {
  name: "GetAccessKeyInfo",
  authorise: () => ({ action: "sts:GetAccessKeyInfo", resource: "*" }),
  handle({ AccessKeyId }: { AccessKeyId: string }, { db }) {
    const account = accessKeys(db).get(AccessKeyId)?.account ?? sessions(db).get(AccessKeyId)?.account;
    return account === undefined ? stsErrors.unknownKey() : ok({ Account: account });
  },
};
