"use client";
import { Children, isValidElement, useEffect, useRef, useState, type ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "./aws-error-note";
import { useFlash } from "./flash";
import type { Ask } from "./use-load";
import { useMutation } from "./use-mutation";

export interface ConfirmModalProps {
  /** "Delete alias": the head, and the button unless `action` names it. */
  title: string;
  action?: string;
  /** What is done when it is confirmed: calls in order, of which the first refusal ends the run. */
  work(ask: Ask): Promise<void>;
  /** The result, for the top of the page. */
  done: ReactNode;
  /** A word or name that has to be typed first, as AWS asks where something cannot be brought back. */
  typed?: string;
  onClose(): void;
  /** After it was done, before the modal closes. */
  onDone?(): void;
  /** What will happen, in a sentence or two. */
  children: ReactNode;
  /** `<testId>-modal`, `<testId>-confirm`, `<testId>-typed`. */
  testId: string;
}

/** Asks before something is done that is not easily undone, does it, and tells what came of it. */
export function ConfirmModal({ title, action = title, work, done, typed, onClose, onDone, children, testId }: ConfirmModalProps) {
  const { busy, refused, run } = useMutation();
  const [text, setText] = useState("");
  const flash = useFlash();
  const ready = typed === undefined || text === typed;
  const field = useRef<InputProps.Ref>(null);
  // Cloudscape gives the keyboard to the close button first; what has to be typed should be typed at once.
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  const submit = async () => {
    if (!ready || busy || !(await run(work))) return;
    flash.success(done);
    onDone?.();
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header={title}
      closeAriaLabel="Close"
      data-testid={`${testId}-modal`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={!ready} onClick={() => void submit()} data-testid={`${testId}-confirm`}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} />}
        {/* Plain text has no key among elements. */}
        {Children.toArray(children).every(isValidElement) ? children : <div>{children}</div>}
        {typed !== undefined && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <FormField
              label={
                <>
                  To confirm, enter <strong>{typed}</strong>
                </>
              }
            >
              <Input
                ref={field}
                value={text}
                onChange={({ detail }) => setText(detail.value)}
                data-testid={`${testId}-typed`}
                autoComplete={false}
              />
            </FormField>
          </form>
        )}
      </SpaceBetween>
    </Modal>
  );
}
