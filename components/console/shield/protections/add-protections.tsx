"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { protectedType } from "@/lib/engine/shield/resources";
import { useFlash } from "../../frame/flash";
import { useFormDraft, useWhere } from "../../frame/lab";
import { pathTo, usePlace } from "../../frame/place";
import { StepWizard } from "../../frame/step-wizard";
import type { Tag } from "../../frame/tag-changes";
import { NewTags } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { Line } from "../../waf/shared/choose";
import { askShield, loadProtections, tagsInput } from "../load-shield";
import { loadEstate, nameInArn, regionOf, typeOf } from "../shared/estate";
import { ChooseStep } from "./choose-step";
import { HealthArn, healthProblem } from "./health-check";

interface Draft {
  step: number;
  /** ARNs. */
  chosen: string[];
  /** Names of protections and ARNs of health checks, by the resource's ARN. */
  names: Record<string, string>;
  checks: Record<string, string>;
  tags: Tag[];
}

const empty: Draft = { step: 0, chosen: [], names: {}, checks: {}, tags: [] };

/** Protections for several resources at once, in steps. */
export function AddProtections() {
  const { navigate, narrow } = usePlace();
  const { region } = useWhere();
  const [draft, change, clear, begun] = useFormDraft<Draft>("shield/add-protections", empty);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const loaded = useLoad(`estate|${region}`, async (ask) => ({ resources: await loadEstate(ask, region), protections: await loadProtections(ask) }));
  const resources = loaded.data?.resources ?? [];
  const done = new Set(loaded.data?.protections.map(({ ResourceArn }) => ResourceArn));
  const chosen = draft.chosen.filter((arn) => !done.has(arn));
  const shown = (arn: string): string => resources.find(({ Arn }) => Arn === arn)?.Name ?? nameInArn(arn);
  const nameOf = (arn: string): string => draft.names[arn] ?? shown(arn);
  const canCheck = (arn: string): boolean => protectedType(arn) !== "ROUTE_53_HOSTED_ZONE" && protectedType(arn) !== undefined;
  const checkOf = (arn: string): string => (canCheck(arn) ? (draft.checks[arn] ?? "") : "");
  const wrongName = (name: string): string | undefined => (name.length >= 1 && name.length <= 128 && /^[ a-zA-Z0-9_.-]*$/.test(name) ? undefined : "1 to 128 letters, digits, blanks, and _ . -");
  const problem = chosen.length ? undefined : "Choose one resource at least.";
  const wrong = chosen.map((arn) => wrongName(nameOf(arn)) ?? healthProblem(checkOf(arn))).find(Boolean);
  const indirect = chosen.filter((arn) => !protectedType(arn));

  const submit = async () => {
    const made: { id: string; name: string }[] = [];
    const all = await run(async (ask) => {
      for (const arn of chosen) {
        const { ProtectionId } = await askShield<{ ProtectionId: string }>(ask, "CreateProtection", { Name: nameOf(arn), ResourceArn: arn, ...(draft.tags.length ? { Tags: tagsInput(draft.tags) } : {}) });
        made.push({ id: ProtectionId, name: nameOf(arn) });
        if (checkOf(arn)) await askShield(ask, "AssociateHealthCheck", { ProtectionId, HealthCheckArn: checkOf(arn) });
      }
    });
    if (!all) {
      // One after another: what came before the refusal is done.
      if (made.length) flash.warning(`Protected before AWS refused: ${made.map(({ name }) => name).join(", ")}.`);
      return;
    }
    clear();
    flash.success(made.length === 1 ? `${nameOf(chosen[0])} is protected by Shield Advanced.` : `${made.length} resources are protected by Shield Advanced.`);
    navigate(made.length === 1 ? pathTo("protected-resources", made[0].id) : "protected-resources");
  };

  return (
    <StepWizard
      testId="protect"
      step={draft.step}
      onStep={(step) => change({ step })}
      submitLabel="Add protections"
      onSubmit={() => void submit()}
      busy={busy}
      refused={refused}
      onDismissRefusal={forget}
      begun={begun}
      onLeave={() => {
        clear();
        navigate("protected-resources");
      }}
      steps={[
        {
          title: "Choose resources to protect",
          problem,
          content: <ChooseStep region={region} resources={resources} loading={loaded.loading && !loaded.data} done={done} chosen={chosen} onChange={(next) => change({ chosen: next })} />,
        },
        {
          title: "Configure health checks and tags",
          optional: true,
          problem: wrong,
          content: (
            <SpaceBetween size="m">
              {chosen.map((arn) => (
                <Container key={arn} header={<Header variant="h2" description={`${typeOf(arn)}, ${regionOf(arn)}`}>{shown(arn)}</Header>}>
                  <div className="shield-fields">
                    <Line label="Protection name" value={nameOf(arn)} onChange={(name) => change({ names: { ...draft.names, [arn]: name } })} errorText={wrongName(nameOf(arn))} mono testId={`name-${shown(arn)}`} />
                    {canCheck(arn) ? (
                      <HealthArn value={checkOf(arn)} onChange={(check) => change({ checks: { ...draft.checks, [arn]: check } })} name={shown(arn)} />
                    ) : (
                      <Box color="text-body-secondary" margin={{ top: "l" }}>
                        {protectedType(arn) ? "A hosted zone takes no health check." : "Nothing to check: Shield Advanced does not protect it directly."}
                      </Box>
                    )}
                  </div>
                </Container>
              ))}
              <Container header={<Header variant="h2" description="On each of the new protections.">Tags</Header>}>
                <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
              </Container>
            </SpaceBetween>
          ),
        },
        {
          title: "Review and add",
          problem: problem ?? wrong,
          content: (
            <SpaceBetween size="m">
              {indirect.length > 0 && (
                <Alert type="warning" data-testid="indirect">
                  {indirect.map(shown).join(", ")}: Shield Advanced protects no such resource directly. Choose the Elastic IP address on it instead.
                </Alert>
              )}
              <Table
                data-testid="review"
                wrapLines
                items={chosen}
                header={<Header variant="h2" counter={`(${chosen.length})`}>New protections</Header>}
                columnDefinitions={[
                  { id: "name", header: "Protection", isRowHeader: true, cell: nameOf, minWidth: 110 },
                  { id: "type", header: "Resource", cell: (arn: string) => typeOf(arn) === "-" ? arn : `${typeOf(arn)}, ${regionOf(arn)}`, minWidth: 140 },
                  ...(narrow ? [] : [{ id: "check", header: "Health check", cell: (arn: string) => checkOf(arn) || "-" }]),
                ]}
              />
              <Box variant="p">Automatic mitigation of layer 7 is set up afterwards, on the page of a CloudFront distribution or an Application Load Balancer.</Box>
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
}
