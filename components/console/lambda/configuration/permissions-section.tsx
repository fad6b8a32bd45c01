"use client";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ExecutionRole } from "./execution-role";
import { ResourcePolicy } from "./resource-policy";
import type { SectionProps } from "./section";

/** Two questions: what the function may do (its role), and who may use the function (its own policy). */
export function PermissionsSection({ subject, found: { Configuration } }: SectionProps) {
  return (
    <SpaceBetween size="m">
      <ExecutionRole arn={Configuration.Role} subject={subject} />
      <ResourcePolicy subject={subject} arn={Configuration.FunctionArn} />
    </SpaceBetween>
  );
}
