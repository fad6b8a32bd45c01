"use client";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { missing, type World } from "../shared/world";
import { typeLabel } from "../fm-types";
import { regionOf } from "./policy-draft";
import { actionText, rulesItems, scopeItems } from "./policy-words";
import { PolicyPrice } from "./price";
import type { StepProps } from "./type-step";

/** Everything once more, with what it costs and what would keep it from working. */
export function ReviewStep({ draft, change, world, editing }: StepProps & { world?: World; editing: boolean }) {
  const { narrow } = usePlace();
  const { region } = useWhere();
  const columns = narrow ? 1 : 3;
  const home = regionOf(draft, region);
  const lacks = world && missing(world);
  const edit = (step: number, what: string) => (
    <Button formAction="none" onClick={() => change({ step })} ariaLabel={`Edit ${what}`}>
      Edit
    </Button>
  );
  const shift = editing ? 1 : 0;
  return (
    <SpaceBetween size="l">
      {lacks && (
        <Alert type="warning" data-testid="review-missing">
          {lacks} The policy can be made all the same, and finds nothing there. Getting started shows what is missing.
        </Alert>
      )}
      <Container header={<Header variant="h2" actions={editing ? undefined : edit(0, "policy type")}>Policy type and Region</Header>}>
        <KeyValuePairs
          columns={columns}
          items={[
            { label: "Policy type", value: typeLabel(draft.type) },
            { label: "Region", value: draft.global ? `Global (${home})` : home },
            { label: "Price", value: <span data-testid="policy-price"><PolicyPrice world={world} /></span> },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" actions={edit(1 - shift, "rules")}>Rules</Header>} data-testid="review-rules">
        <KeyValuePairs columns={columns} items={[{ label: "Name", value: draft.name || "-" }, { label: "Description", value: draft.description || "-" }, ...rulesItems(draft), { label: "Action", value: actionText(draft) }]} />
      </Container>
      <Container header={<Header variant="h2" actions={edit(2 - shift, "scope")}>Scope</Header>} data-testid="review-scope">
        <KeyValuePairs columns={columns} items={scopeItems(draft, world)} />
      </Container>
    </SpaceBetween>
  );
}
