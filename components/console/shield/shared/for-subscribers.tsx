"use client";
import type { ReactNode } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useLoad } from "../../frame/use-load";
import { loadSubscription } from "../load-shield";
import { SubscribeButton } from "../subscribe";

export const useSubscription = () => useLoad("subscription", loadSubscription);

/** Pages of Shield Advanced: without a subscription they say so, and offer one. */
export function ForSubscribers({ title, children }: { title: string; children: ReactNode }) {
  const { data, refused } = useSubscription();
  if (refused) return <AwsErrorNote refused={refused} />;
  if (!data) return <Spinner size="large" />;
  if (data.subscription) return children;
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{title}</Header>
      <Container data-testid="not-subscribed">
        <EmptyState title="This account has Shield Standard" action={<SubscribeButton />} command="aws shield create-subscription">
          This is a part of Shield Advanced. Standard protects all resources at the layers of the network without any of it, and shows no events.
        </EmptyState>
      </Container>
    </SpaceBetween>
  );
}
