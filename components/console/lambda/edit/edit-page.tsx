"use client";
import type { ReactNode } from "react";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import type { Mutation } from "../../frame/use-mutation";

/** A form of its own page under a function: its head, its fields, Cancel and Save. */
export function EditPage({
  title,
  description,
  submit = "Save",
  mutation: { busy, refused, clear },
  onSubmit,
  onCancel,
  children,
}: {
  title: string;
  description?: ReactNode;
  submit?: string;
  mutation: Mutation;
  onSubmit(): void;
  onCancel(): void;
  children: ReactNode;
}) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      <Form
        header={
          <Header variant="h1" description={description}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={onCancel}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} data-testid="edit-save">
              {submit}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
          {children}
        </SpaceBetween>
      </Form>
    </form>
  );
}
