"use client";
import type { ReactNode } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { GoButton } from "../../frame/place";
import { goToAccount } from "./as-account";
import { useWorld } from "./use-world";
import { accountWords, type World } from "./world";

/** What stands in the way of working with policies here: no administrator, or another account than yours. */
export function standsInTheWay(world: World): { words: string; go?: string } | undefined {
  if (!world.organization || !world.admin) return { words: "Firewall Manager has no administrator yet, and only an administrator makes policies." };
  if (world.admins.some(({ AdminAccount }) => AdminAccount === world.account)) return undefined;
  return { words: `Policies belong to the Firewall Manager administrator, account ${accountWords(world, world.admin)}. You are in account ${accountWords(world, world.account)}.`, go: world.admin };
}

/** Shows its children to an administrator, and to all others the way there. */
export function NeedsAdmin({ title, children }: { title: string; children: ReactNode }) {
  const world = useWorld();
  if (!world) return <Spinner size="large" />;
  const obstacle = standsInTheWay(world);
  if (!obstacle) return children;
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{title}</Header>
      <Alert
        type="info"
        data-testid="needs-admin"
        action={
          obstacle.go ? (
            <Button onClick={() => goToAccount(obstacle.go!)} data-testid="go-to-admin">
              Switch to account {obstacle.go}
            </Button>
          ) : (
            <GoButton to="getting-started">Getting started</GoButton>
          )
        }
      >
        {obstacle.words}
      </Alert>
    </SpaceBetween>
  );
}
