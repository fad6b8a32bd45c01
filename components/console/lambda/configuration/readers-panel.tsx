"use client";
import { useEffect, useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { theLab } from "@/lib/store/lab-store";
import type { Trace } from "@/lib/engine/types";
import { DecisionPicture } from "../../../why/decision-picture";
import { useWhere } from "../../frame/lab";
import { countOf } from "./readers-words";
import type { Read, Reader, Readers } from "./readers";

/** How long the lab stands still before it is asked again, ms: while an application keeps connecting, not at each of its calls. */
const CALM = 500;

/** Why a variable is no place for a secret: who reads it now, and who could read the same value from a secret store. */
export function ReadersPanel({ name }: { name: string }) {
  const { account, region, scope, revision } = useWhere(["lambda", "iam", "kms", "secretsmanager", "ssm"]);
  const place = `${scope} ${name}`;
  const [asked, setAsked] = useState("");
  const [found, setFound] = useState<{ place: string; answer: Readers }>();
  const [busy, setBusy] = useState(false);
  const answer = found?.place === place ? found.answer : undefined;
  const again = answer !== undefined;
  // An answer that the lab has outgrown stays until the next one is there: a function that becomes ready takes nothing from its reader's eyes.
  useEffect(() => {
    if (asked !== place) return;
    let wanted = true;
    const ask = async () => {
      const lab = theLab();
      if (!lab) return;
      setBusy(true);
      // A lab of its own is needed for it, and seldom asked for.
      const { readersOf } = await import("./readers");
      const answer = await readersOf(lab, { account, region, name });
      if (!wanted) return;
      setFound({ place, answer });
      setBusy(false);
    };
    const timer = setTimeout(() => void ask(), again ? CALM : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked again when the lab has changed, not when an answer has come
  }, [asked, place, revision, account, region, name]);
  return (
    <Container
      data-testid="readers"
      header={
        <Header
          variant="h2"
          description="Every identity of the account asks for these variables, and for the same values kept in Secrets Manager and in Parameter Store under the same key. It is tried on a copy of the lab; the lab itself stays as it is."
          actions={
            <Button onClick={() => setAsked(place)} loading={busy && !again} data-testid="ask-readers">
              Who can read them?
            </Button>
          }
        >
          A variable or a secret store
        </Header>
      }
    >
      {answer ? answer.problem ? <Alert type="error">{answer.problem}</Alert> : <Found {...answer} name={name} /> : <Box color="text-body-secondary">Not asked yet.</Box>}
    </Container>
  );
}

const KINDS = { variables: "Environment variable", secret: "Secrets Manager", parameter: "Parameter Store" } as const;
const OPERATIONS = { variables: "lambda:GetFunctionConfiguration", secret: "secretsmanager:GetSecretValue", parameter: "ssm:GetParameter" } as const;

function Found({ readers, oldVersions, name }: Readers & { name: string }) {
  const [chosen, setChosen] = useState<{ arn: string; what: keyof typeof KINDS }>();
  const why = chosen && readers.find(({ identity }) => identity.arn === chosen.arn);
  const example = readers.find((reader) => reader.example);
  const own = readers.filter((reader) => !reader.example);
  const some = (count: number): string => `${count} of ${own.length}`;
  return (
    <SpaceBetween size="m">
      <ul className="found-words" data-testid="readers-words">
        <li>
          {some(countOf(readers, "variables"))} identities read the variables by asking for the function’s configuration; {some(countOf(readers, "secret"))} could read them from a secret,{" "}
          {some(countOf(readers, "parameter"))} from a SecureString parameter.
        </li>
        {example && (
          <li>
            Somebody who may only look at functions (<code>lambda:Get*</code>, <code>lambda:List*</code>) {example.variables.got === "clear" ? "reads the variables" : "does not read the variables"}, and{" "}
            {example.secret.got === "clear" ? "reads the secret" : "does not read the secret"}.
          </li>
        )}
        <li>
          {oldVersions.length
            ? `Published ${oldVersions.length === 1 ? "version" : "versions"} ${oldVersions.join(", ")} of ${name} still ${oldVersions.length === 1 ? "holds" : "hold"} the variables of then: a value that is changed here stays readable there.`
            : "No published version holds variables. The next one will, for as long as it is kept."}
        </li>
      </ul>
      <Table<Reader>
        variant="embedded"
        wrapLines
        trackBy={({ identity }) => identity.arn}
        items={readers}
        header={<Header variant="h3">Who gets what</Header>}
        columnDefinitions={[
          { id: "who", header: "Identity", cell: ({ identity, example: made }) => `${identity.name} (${made ? "an example, on the copy only" : identity.kind})`, isRowHeader: true, minWidth: 130 },
          ...(Object.keys(KINDS) as (keyof typeof KINDS)[]).map((what) => ({
            id: what,
            header: KINDS[what],
            cell: (reader: Reader) => <Got read={reader[what]} label={`Reasons: ${reader.identity.name}, ${KINDS[what]}`} onWhy={() => setChosen({ arn: reader.identity.arn, what })} />,
          })),
        ]}
      />
      {chosen && why && (
        <ExpandableSection
          expanded
          onChange={() => setChosen(undefined)}
          headerText={`Why: ${why.identity.name}, ${OPERATIONS[chosen.what]}`}
          data-testid="reader-why"
        >
          <div className="in-house">
            <Decisions trace={why[chosen.what].trace} />
          </div>
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function Got({ read: { got, code, message }, label, onWhy }: { read: Read; label: string; onWhy(): void }) {
  return (
    <>
      <span title={code && `${code}: ${message ?? ""}`}>
        <StatusIndicator type={got === "clear" ? "warning" : "stopped"}>
          {got === "clear" ? "Reads it" : got === "sealed" ? "Sees no value" : "Refused"}
        </StatusIndicator>
      </span>{" "}
      <Button variant="inline-link" formAction="none" ariaLabel={label} onClick={onWhy}>
        Reasons
      </Button>
    </>
  );
}

/** All decisions that were made on the way, those of calls to other services among them. */
function Decisions({ trace }: { trace: Trace }) {
  return trace.steps.map((step, index) =>
    step.kind === "decision" ? <DecisionPicture key={index} decision={step.decision} /> : step.kind === "call" ? <Decisions key={index} trace={step.trace} /> : null,
  );
}
