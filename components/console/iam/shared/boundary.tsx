"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ConfirmModal } from "../../frame/confirm-modal";
import { GoLink, pathTo, usePlace } from "../../frame/place";
import { named, titleOf, type Holder } from "../types";
import { holderPath } from "./holder-path";

/** The permissions boundary of a user or role. Source: IAM User Guide, "Permissions boundaries for IAM entities". */
export function Boundary({ holder, arn, fixed }: { holder: Holder; arn?: string; fixed?: boolean }) {
  const { navigate } = usePlace();
  const [removing, setRemoving] = useState(false);
  return (
    <ExpandableSection
      variant="container"
      headerText={`Permissions boundary ${arn ? "(set)" : "(not set)"}`}
      headerDescription="The most that identity-based policies can give. It gives nothing itself."
      defaultExpanded={!!arn}
      data-testid="permissions-boundary"
      headerActions={
        !fixed && (
          <SpaceBetween direction="horizontal" size="xs">
            {arn && (
              <Button onClick={() => setRemoving(true)} data-testid="remove-boundary">
                Remove boundary
              </Button>
            )}
            <Button onClick={() => navigate(holderPath(holder, "boundary"))} data-testid="set-boundary">
              {arn ? "Change boundary" : "Set permissions boundary"}
            </Button>
          </SpaceBetween>
        )
      }
    >
      {arn ? (
        <Box>
          <GoLink to={pathTo("policies", "details", arn)}>{arn.split("/").at(-1)!}</GoLink>
          <Box variant="small" display="block">
            Only what this policy and the permissions policies both allow is allowed.
          </Box>
        </Box>
      ) : (
        <Box>No boundary: the permissions policies alone say what this {holder.kind} may do.</Box>
      )}
      {removing && (
        <ConfirmModal
          title="Remove boundary"
          testId="remove-boundary"
          done={`The permissions boundary of ${holder.name} was removed.`}
          onClose={() => setRemoving(false)}
          work={(ask) => ask("iam", `Delete${titleOf[holder.kind]}PermissionsBoundary`, named(holder))}
        >
          <Box variant="p">Everything that the permissions policies of {holder.name} allow will be allowed again.</Box>
        </ConfirmModal>
      )}
    </ExpandableSection>
  );
}
