"use client";
import type { ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CopyButton } from "./copyable";

/** What this is, one button, and one command that does the same. */
export function EmptyState({
  title,
  children,
  action,
  command,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  command?: string;
}) {
  return (
    <Box textAlign="center" margin={{ vertical: "m" }} color="inherit">
      <SpaceBetween size="s" alignItems="center">
        <Box variant="strong" color="inherit">
          {title}
        </Box>
        <div className="empty-words">{children}</div>
        {action}
        {command && (
          <div className="cli-line">
            <CopyButton text={command} what="command" /> <code>{command}</code>
          </div>
        )}
      </SpaceBetween>
    </Box>
  );
}
