import { ok } from "../../errors";
import type { Operation } from "../../types";
import { callContext } from "../auth";
import { isFailure, pageFrom, type PageInput } from "../pagination";
import { keys } from "../state";

/** All keys of the account and Region, AWS managed ones too. IAM alone allows it. Source: KMS API, ListKeys. */
export const ListKeys: Operation = {
  name: "ListKeys",
  authorise: (_, ctx) => ({ action: "kms:ListKeys", resource: "*", context: callContext(ctx) }),
  handle(input: PageInput, ctx) {
    const table = keys(ctx.db);
    const listed = pageFrom((after, limit) => table.ids({ after, limit }).map((id) => table.get(id)!), input, {
      usual: 100,
      most: 1000,
      list: "ListKeys",
      place: ({ KeyId }) => KeyId,
    });
    if (isFailure(listed)) return listed;
    return ok({ Keys: listed.entries.map(({ KeyId, Arn }) => ({ KeyId, KeyArn: Arn })), ...listed.rest });
  },
};
