"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { AskedOfResource, WouldAllow } from "@/lib/engine/iam/would-allow";
import { DecisionPicture } from "../../../why/decision-picture";
import { AwsErrorNote } from "../../frame/aws-error-note";
import type { Refusal } from "../../frame/use-load";
import type { Identity } from "./identities";

const ASKED: Record<AskedOfResource, string> = {
  "key policy and grants": "the identity's policies, the organization's, and the key's own policy and grants",
  "trust policy": "the identity's policies, the organization's, and the role's trust policy",
  "resource policy": "the identity's policies, the organization's, and the resource's own policy",
  nothing: "the identity's policies and the organization's; this resource has no policy of its own",
};

/** The decision itself, as the evaluator of every call makes it. */
export function RealDecision({ answer, identity }: { answer: WouldAllow; identity: Identity }) {
  return (
    <Container
      data-testid="real-decision"
      header={
        <Header variant="h2" description={answer.ok ? `Made by the evaluator that decides every call, from ${ASKED[answer.asked]}.` : undefined}>
          Decision
        </Header>
      }
    >
      {answer.ok ? (
        <SpaceBetween size="m">
          {answer.missing && <Alert type="warning">There is no such key in the lab: a call would end before any policy is asked.</Alert>}
          <div className="in-house">
            {answer.decisions.map((decision, index) => (
              <DecisionPicture key={index} decision={decision} />
            ))}
          </div>
        </SpaceBetween>
      ) : (
        <Alert type="error" header={answer.error.code}>
          {answer.error.message} {identity.name} is refused before any policy is asked.
        </Alert>
      )}
    </Container>
  );
}

export interface Simulated {
  EvalDecision: "allowed" | "explicitDeny" | "implicitDeny";
  MatchedStatements?: { SourcePolicyId: string }[];
  MissingContextValues?: string[];
}
export interface SimulatorAnswer {
  result?: Simulated;
  refused?: Refusal;
  /** Why it was not asked. */
  left?: string;
  /** Whether the resource's own policy was given to it. */
  withResourcePolicy: boolean;
}

const RESULT: Record<Simulated["EvalDecision"], { type: "success" | "error" | "warning"; words: string; effect: string }> = {
  allowed: { type: "success", words: "allowed", effect: "Allow" },
  explicitDeny: { type: "error", words: "denied: explicitly denied", effect: "ExplicitDeny" },
  implicitDeny: { type: "warning", words: "denied: implicitly denied (no matching statements)", effect: "ImplicitDeny" },
};

/** What IAM's own simulator answers, and from what; where it differs from the decision, why. */
export function SimulatorResult({ simulated, real }: { simulated: SimulatorAnswer; real: WouldAllow }) {
  const { result, refused, left, withResourcePolicy } = simulated;
  const effect = real.ok ? real.decisions.at(-1)?.effect : undefined;
  const same = !result || effect === undefined || RESULT[result.EvalDecision].effect === effect;
  return (
    <Container
      data-testid="simulator"
      header={
        <Header
          variant="h2"
          description={
            withResourcePolicy
              ? "What iam:SimulatePrincipalPolicy answers, given the resource's own policy too."
              : "What iam:SimulatePrincipalPolicy answers, given no policy of the resource's."
          }
        >
          IAM policy simulator
        </Header>
      }
    >
      <SpaceBetween size="s">
        {left && <Box>{left}</Box>}
        {refused && <AwsErrorNote refused={refused} />}
        {result && (
          <>
            <StatusIndicator type={RESULT[result.EvalDecision].type}>{RESULT[result.EvalDecision].words}</StatusIndicator>
            {!!result.MatchedStatements?.length && (
              <Box>Matched statements in: {[...new Set(result.MatchedStatements.map(({ SourcePolicyId }) => SourcePolicyId))].join(", ")}.</Box>
            )}
            {!!result.MissingContextValues?.length && (
              <Box>Statements read condition keys that the simulator was not told: {result.MissingContextValues.join(", ")}.</Box>
            )}
            {!same && (
              <Alert type="info" header="The two differ" data-testid="they-differ">
                The simulator knows what it is told: {withResourcePolicy ? "no grants, and no condition keys but those given" : "no key policy, trust policy or grants, and no condition keys but those given"}.
                The decision above is what a call gets.
              </Alert>
            )}
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
