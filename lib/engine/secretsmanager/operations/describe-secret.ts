import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askAbout } from "../authorise";
import { isFailure } from "../errors";
import { findSecret } from "../find";
import { describeView } from "../views";

/**
 * All about a secret but its value; also about one that is marked for deletion.
 * Errors: ResourceNotFoundException. Source: Secrets Manager API, DescribeSecret.
 */
export const DescribeSecret: Operation = {
  name: "DescribeSecret",
  authorise: ({ SecretId }: { SecretId: string }, ctx) => askAbout(ctx, "DescribeSecret", SecretId),
  handle({ SecretId }: { SecretId: string }, ctx) {
    const found = findSecret(ctx, SecretId);
    return isFailure(found) ? found : ok(describeView(found.db, found.secret));
  },
};
