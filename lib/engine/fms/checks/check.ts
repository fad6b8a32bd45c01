import type { Context } from "../../types";
import type { ScopedResource } from "../scope";
import type { Place, PolicyRow, Violator } from "../state";

/** One account, as a policy looks at it. */
export interface Look {
  ctx: Context;
  policy: Readonly<PolicyRow>;
  place: Place;
  resources: readonly ScopedResource[];
}

/** What an account's evaluation finds, after it has remedied what it may and can. */
export interface Found {
  violators: Violator[];
  issues: Record<string, string>;
}

export const violation = ({ id, type }: Pick<ScopedResource, "id" | "type">, ViolationReason: string, Metadata?: Record<string, string>): Violator => ({ ResourceId: id, ResourceType: type, ViolationReason, ...(Metadata ? { Metadata } : {}) });
