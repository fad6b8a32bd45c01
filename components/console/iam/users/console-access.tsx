"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import { ConfirmModal } from "../../frame/confirm-modal";

/** The user's password for the AWS console. The lab keeps that there is one, never the password. */
export function ConsoleAccess({ name, password }: { name: string; password?: { CreateDate: number } }) {
  const [open, setOpen] = useState<"enable" | "disable">();
  const [text, setText] = useState("");
  const close = () => {
    setOpen(undefined);
    setText("");
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button onClick={() => setOpen(password ? "disable" : "enable")} data-testid="console-access">
              {password ? "Disable console access" : "Enable console access"}
            </Button>
          }
        >
          Console sign-in
        </Header>
      }
    >
      {password ? "Enabled, with a password and without MFA." : "Not enabled: this user has no password."} Signing in with a password and MFA devices are
      not simulated: choose who calls in the top bar.
      {open === "disable" && (
        <ConfirmModal
          title="Disable console access"
          testId="console-access"
          done={`${name} has no console password any more.`}
          onClose={close}
          work={(ask) => ask("iam", "DeleteLoginProfile", { UserName: name })}
        >
          <Box variant="p">The password is deleted. Access keys go on working.</Box>
        </ConfirmModal>
      )}
      {open === "enable" && (
        <ConfirmModal
          title="Enable console access"
          testId="console-access"
          done={`${name} has a console password.`}
          onClose={close}
          work={(ask) => ask("iam", "CreateLoginProfile", { UserName: name, Password: text })}
        >
          <FormField label="Custom password" constraintText="At least 8 characters, with three of: capitals, small letters, digits, others.">
            <Input value={text} type="password" autoComplete={false} onChange={({ detail }) => setText(detail.value)} data-testid="console-password" />
          </FormField>
        </ConfirmModal>
      )}
    </Container>
  );
}
