"use client";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { ParameterList } from "./parameter-list";
import { PublicParameters } from "./public-parameters";
import { StoreSettings } from "./store-settings";

export function StorePage({ tab, navigate }: { tab: "parameters" | "public" | "settings"; navigate(path: string): void }) {
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="Configuration and secrets by name, with versions, and with KMS encryption where you want it.">
        Parameter Store
      </Header>
      <Tabs
        ariaLabel="Parameter Store"
        activeTabId={tab}
        onChange={({ detail }) => navigate(detail.activeTabId)}
        tabs={[
          { id: "parameters", label: "My parameters", content: <ParameterList /> },
          { id: "public", label: "Public parameters", content: <PublicParameters /> },
          { id: "settings", label: "Settings", content: <StoreSettings /> },
        ]}
      />
    </SpaceBetween>
  );
}
