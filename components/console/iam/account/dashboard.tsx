"use client";
import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { useWhere } from "../../frame/lab";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { leaveOut, useLoad } from "../../frame/use-load";

const COUNTS = [
  ["User groups", "Groups", "groups"],
  ["Users", "Users", "users"],
  ["Roles", "Roles", "roles"],
  ["Policies", "Policies", "policies"],
] as const;

export function Dashboard() {
  const { account } = useWhere();
  const { narrow } = usePlace();
  const summary = useLoad("summary", async (ask) => (await ask("iam", "GetAccountSummary")).SummaryMap as Record<string, number>);
  const alias = useLoad("alias", async (ask) => ({
    name: ((await ask("iam", "ListAccountAliases").catch(leaveOut)) as { AccountAliases: string[] } | undefined)?.AccountAliases[0],
  }));
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <GoButton to="test-as" data-testid="test-as">
            Test as…
          </GoButton>
        }
      >
        IAM Dashboard
      </Header>
      {summary.refused && <AwsErrorNote refused={summary.refused} />}
      <Container header={<Header variant="h2">IAM resources</Header>} data-testid="iam-resources">
        <ColumnLayout columns={narrow ? 2 : 4} variant="text-grid">
          {COUNTS.map(([label, member, to]) => (
            <div key={member}>
              <Box variant="awsui-key-label">{label}</Box>
              <Box fontSize="display-l" data-testid={`count-${to}`}>
                <GoLink to={to} fontSize="display-l" ariaLabel={`${label}: ${summary.data?.[member] ?? "not known"}`}>
                  {summary.data ? String(summary.data[member]) : "-"}
                </GoLink>
              </Box>
            </div>
          ))}
        </ColumnLayout>
      </Container>
      <Container header={<Header variant="h2">Security recommendations</Header>}>
        {summary.data && (
          <StatusIndicator type={summary.data.AccountAccessKeysPresent ? "warning" : "success"}>
            {summary.data.AccountAccessKeysPresent
              ? "The root user has active access keys. Delete them: the root user may do everything."
              : "The root user has no active access keys."}
          </StatusIndicator>
        )}
        <Box variant="small" display="block" margin={{ top: "xs" }}>
          MFA devices and password policies are not simulated.
        </Box>
      </Container>
      <Container header={<Header variant="h2">AWS Account</Header>}>
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Account ID", value: <Copyable text={account} what="account ID" /> },
            { label: "Account Alias", value: alias.data?.name ?? <GoLink to="account">Create</GoLink> },
            {
              label: "Sign-in URL for IAM users in this account",
              value: <Copyable text={`https://${alias.data?.name ?? account}.signin.aws.amazon.com/console`} what="sign-in URL" />,
            },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}
