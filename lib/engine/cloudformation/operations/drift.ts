import { ok } from "../../errors";
import { cfnErrors, invalid } from "../errors";
import { detect } from "../stack/drift";
import { driftEvent } from "../stack/events";
import { exists } from "../stack/resource";
import { detections, findStack, isInProgress, resourceDrifts, resourcesOf, stacks } from "../state";
import { about, type Input, page, seconds } from "./common";
import type { Operation } from "../../types";

/** Source: CloudFormation API Reference, DetectStackDrift, DescribeStackDriftDetectionStatus, DescribeStackResourceDrifts, DetectStackResourceDrift. */

const DetectStackDrift: Operation = {
  name: "DetectStackDrift",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "DetectStackDrift", StackName),
  handle({ StackName, LogicalResourceIds }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack || stack.status === "DELETE_COMPLETE") return cfnErrors.noStack(StackName);
    if (isInProgress(stack.status) || stack.status === "REVIEW_IN_PROGRESS") return invalid(`Drift detection cannot be performed on stack [${stack.StackName}] while it is in ${stack.status} state`);
    if (detections(ctx.db).having("stack", stack.id).some(({ status }) => status === "DETECTION_IN_PROGRESS")) return invalid(`Drift detection is already in progress for stack [${stack.StackId}]`);
    const id = ctx.newId();
    detections(ctx.db).put(id, { id, stack: stack.id, status: "DETECTION_IN_PROGRESS", at: ctx.now, principal: ctx.principal, ...(LogicalResourceIds?.length ? { only: LogicalResourceIds } : {}) });
    driftEvent(ctx, stack.StackId, detections(ctx.db).get(id)!);
    ctx.schedule({ id: `drift ${id}`, due: ctx.now + 1_000, kind: "drift-detection", args: { detection: id, StackName: stack.StackName } });
    return ok({ StackDriftDetectionId: id });
  },
};

const DescribeStackDriftDetectionStatus: Operation = {
  name: "DescribeStackDriftDetectionStatus",
  authorise: () => ({ action: "cloudformation:DescribeStackDriftDetectionStatus", resource: "*" }),
  handle({ StackDriftDetectionId }: Input, ctx) {
    const row = detections(ctx.db).get(StackDriftDetectionId);
    if (!row) return invalid(`No drift detection operation found for the given StackDriftDetectionId: ${StackDriftDetectionId}`);
    return ok({
      StackId: stacks(ctx.db).get(row.stack)!.StackId,
      StackDriftDetectionId,
      ...(row.drift === undefined ? {} : { StackDriftStatus: row.drift }),
      DetectionStatus: row.status,
      ...(row.reason === undefined ? {} : { DetectionStatusReason: row.reason }),
      ...(row.drifted === undefined ? {} : { DriftedStackResourceCount: row.drifted }),
      Timestamp: seconds(row.at),
    });
  },
};

const DescribeStackResourceDrifts: Operation = {
  name: "DescribeStackResourceDrifts",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "DescribeStackResourceDrifts", StackName),
  handle({ StackName, StackResourceDriftStatusFilters, NextToken, MaxResults }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStack(StackName);
    const drifts = resourceDrifts(ctx.db).having("stack", stack.id).map(({ drift }) => drift).filter(({ StackResourceDriftStatus }) => !StackResourceDriftStatusFilters?.length || StackResourceDriftStatusFilters.includes(StackResourceDriftStatus));
    const part = page(drifts, NextToken, MaxResults);
    return part.ok ? ok({ StackResourceDrifts: part.items, ...part.rest }) : part;
  },
};

const DetectStackResourceDrift: Operation = {
  name: "DetectStackResourceDrift",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "DetectStackResourceDrift", StackName),
  handle({ StackName, LogicalResourceId }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack || stack.status === "DELETE_COMPLETE") return cfnErrors.noStack(StackName);
    const row = resourcesOf(ctx.db, stack.id).find(({ logicalId }) => logicalId === LogicalResourceId);
    if (!exists(row)) return invalid(`Resource ${LogicalResourceId} does not exist for stack ${stack.StackName}`);
    return ok({ StackResourceDrift: detect(ctx, { ...stack, principal: ctx.principal }, row) });
  },
};

export const driftOperations = [DetectStackDrift, DescribeStackDriftDetectionStatus, DescribeStackResourceDrifts, DetectStackResourceDrift];
