"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { useMutation } from "../../frame/use-mutation";
import { type Protection, askShield } from "../load-shield";

const form = /^arn:aws:route53:::healthcheck\/\S{36}$/;
const EXAMPLE = "arn:aws:route53:::healthcheck/0b3e5c1a-7d42-4f6e-9a1b-2c8d90e4f576";

/** Empty is none. */
export const healthProblem = (arn: string): string | undefined => (arn === "" || form.test(arn) ? undefined : "An ARN like arn:aws:route53:::healthcheck/ and an id of 36 characters.");
const arnOf = (id: string): string => `arn:aws:route53:::healthcheck/${id}`;

/** The lab has no Route 53: any ARN of the form will do, and one click writes one. */
export function HealthArn({ value, onChange, name }: { value: string; onChange(value: string): void; name: string }) {
  return (
    <FormField label="Route 53 health check ARN" constraintText="The lab has no Route 53, and takes an ARN of the right form for a health check." errorText={healthProblem(value)} secondaryControl={<Button formAction="none" onClick={() => onChange(EXAMPLE)} ariaLabel={`Fill in an example for ${name}`}>Example</Button>}>
      <Input value={value} onChange={({ detail }) => onChange(detail.value)} placeholder={arnOf("<id>")} autoComplete={false} spellcheck={false} data-testid={`check-${name}`} />
    </FormField>
  );
}

/** Health-based detection of one protection. */
export function HealthCheck({ protection, possible }: { protection: Protection; possible: boolean }) {
  const [arn, setArn] = useState("");
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const [current] = protection.HealthCheckIds;
  const save = async () => {
    if (!(await run(async (ask) => void (await askShield(ask, "AssociateHealthCheck", { ProtectionId: protection.Id, HealthCheckArn: arn }))))) return;
    flash.success(`A health check is associated with ${protection.Name}.`);
    setArn("");
  };
  const remove = async () => {
    if (await run(async (ask) => void (await askShield(ask, "DisassociateHealthCheck", { ProtectionId: protection.Id, HealthCheckArn: arnOf(current) })))) flash.success("The health check was taken off.");
  };
  return (
    <Container
      data-testid="health-check"
      header={
        <Header
          variant="h2"
          description="With one Shield sees sooner that traffic hurts, and needs less of it to call it an attack. Proactive engagement needs one on some protected resource."
          actions={
            current && (
              <Button loading={busy} onClick={() => void remove()} data-testid="health-remove">
                Disassociate
              </Button>
            )
          }
        >
          Health-based detection
        </Header>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        {current ? (
          <Copyable text={arnOf(current)} what="health check ARN" />
        ) : possible ? (
          <SpaceBetween size="s">
            <HealthArn value={arn} onChange={setArn} name={protection.Name} />
            <Button loading={busy} disabled={arn === "" || healthProblem(arn) !== undefined} onClick={() => void save()} data-testid="health-save">
              Associate health check
            </Button>
          </SpaceBetween>
        ) : (
          "A hosted zone takes no health check."
        )}
      </SpaceBetween>
    </Container>
  );
}
