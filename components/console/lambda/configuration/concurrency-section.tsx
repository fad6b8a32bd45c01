"use client";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { GoButton } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { loadLimits } from "../load-functions";
import { functionPath } from "../place-of";
import type { SectionProps } from "./section";

export function ConcurrencySection({ subject, found }: SectionProps) {
  const limits = useLoad("account-limits", loadLimits);
  const recursion = useLoad(`recursion|${subject.name}`, (ask) => ask<{ RecursiveLoop: "Terminate" | "Allow" }>("lambda", "GetFunctionRecursionConfig", { FunctionName: subject.name }));
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const reserved = found.Concurrency?.ReservedConcurrentExecutions;
  const allowed = recursion.data?.RecursiveLoop === "Allow";
  const turn = async () => {
    const RecursiveLoop = allowed ? "Terminate" : "Allow";
    if (await run((ask) => ask("lambda", "PutFunctionRecursionConfig", { FunctionName: subject.name, RecursiveLoop }))) flash.success(allowed ? "Loops will be stopped." : "Loops will be let run.");
  };
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <Container
        data-testid="concurrency"
        header={
          <Header
            variant="h2"
            description="How many invocations may run at a time."
            actions={
              <GoButton to={functionPath(subject, "edit", "concurrency")} data-testid="edit-concurrency">
                Edit
              </GoButton>
            }
          >
            Concurrency
          </Header>
        }
      >
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Function concurrency", value: reserved === undefined ? "Use unreserved account concurrency" : `${reserved} reserved${reserved === 0 ? ": every invocation is refused" : ""}` },
            { label: "Unreserved account concurrency", value: limits.data ? limits.data.UnreservedConcurrentExecutions.toLocaleString("en") : "-" },
          ]}
        />
      </Container>
      {recursion.refused ? (
        <AwsErrorNote refused={recursion.refused} />
      ) : (
        <Container
          header={
            <Header
              variant="h2"
              actions={
                <Button onClick={() => void turn()} loading={busy} disabled={!recursion.data} data-testid="turn-recursion">
                  {allowed ? "Stop loops" : "Allow loops"}
                </Button>
              }
            >
              Recursive loop detection
            </Header>
          }
        >
          <Box>{allowed ? "Allow recursive loops" : "Terminate recursive loops"}</Box>
          <Box variant="small">A function that invokes itself, over others or not, is stopped after about 16 invocations in a chain, unless loops are allowed.</Box>
        </Container>
      )}
    </SpaceBetween>
  );
}
