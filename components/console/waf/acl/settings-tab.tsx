"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { usePlace } from "../../frame/place";
import type { Locked, Scope, WebAcl } from "../waf-types";
import { defaultLimit, limited, limitOptions, protectable, settingsDraft } from "./settings-draft";
import { SettingsForm } from "./settings-form";

const wordOf = (options: readonly { value: string; label: string }[], value: string): string => options.find((each) => each.value === value)?.label ?? value;
const time = (text: string): string => `${Number(text || 300).toLocaleString("en")} seconds`;

/** What the web ACL says for all its rules: tokens, how much of a body it sees, what its logs and samples hide. */
export function SettingsTab({ acl, scope }: { acl: Locked<WebAcl>; scope: Scope }) {
  const { narrow } = usePlace();
  const [editing, setEditing] = useState(false);
  if (editing) return <SettingsForm acl={acl} scope={scope} onClose={() => setEditing(false)} />;
  const { captcha, challenge, domains, limits, protections } = settingsDraft(acl);
  return (
    <Container
      data-testid="acl-settings"
      header={
        <Header
          variant="h2"
          actions={
            <Button onClick={() => setEditing(true)} data-testid="edit-settings">
              Edit
            </Button>
          }
        >
          Settings
        </Header>
      }
    >
      <KeyValuePairs
        columns={narrow ? 1 : 3}
        items={[
          { label: "CAPTCHA immunity time", value: time(captcha) },
          { label: "Challenge immunity time", value: time(challenge) },
          { label: "Token domains", value: <span className="aws-words">{domains.join(", ") || "The domain of what is protected"}</span> },
          ...limited[scope].map(({ type, label }) => ({ label: `Body of ${label}`, value: `The first ${wordOf(limitOptions, limits[type] ?? defaultLimit)}` })),
          { label: "Data protection", value: protections.map(({ type, keys, action }) => `${[wordOf(protectable, type), keys.join(", ")].filter(Boolean).join(" ")}: ${action === "HASH" ? "hash" : "REDACTED"}`).join("; ") || "Nothing is hidden" },
        ]}
      />
    </Container>
  );
}
