"use client";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { absoluteTime } from "../../frame/time-words";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadStatistics } from "../load-shield";
import { rate } from "../words";

const units = { BitsPerSecond: "BPS", PacketsPerSecond: "PPS", RequestsPerSecond: "RPS" } as const;

/** All that Shield tells everybody: how many attacks there were in a year, and how large the largest. */
export function Statistics() {
  const { narrow } = usePlace();
  const { data, refused } = useLoad("statistics", loadStatistics);
  if (refused) return <AwsErrorNote refused={refused} />;
  if (!data) return null;
  const count = data.DataItems.reduce((sum, { AttackCount }) => sum + AttackCount, 0);
  const most = (unit: keyof typeof units): number | undefined => {
    const all = data.DataItems.flatMap(({ AttackVolume }) => AttackVolume?.[unit]?.Max ?? []);
    return all.length ? Math.max(...all) : undefined;
  };
  return (
    <Container
      data-testid="statistics"
      header={
        <Header variant="h2" description="On all resources of this account, protected or not. Everybody sees this, with Standard too.">
          Attacks in a year
        </Header>
      }
    >
      <KeyValuePairs
        columns={narrow ? 2 : 4}
        minColumnWidth={130}
        items={[{ label: "Attacks", value: <Box fontSize="heading-l">{count}</Box> }, ...(Object.keys(units) as (keyof typeof units)[]).map((unit) => ({ label: `Largest, ${{ BPS: "bits", PPS: "packets", RPS: "requests" }[units[unit]]}`, value: rate(most(unit), units[unit]) }))]}
      />
      <Box variant="small" color="text-body-secondary" margin={{ top: "s" }}>
        From {absoluteTime(data.TimeRange.FromInclusive * 1000)} to {absoluteTime(data.TimeRange.ToExclusive * 1000)}: today’s are counted from midnight on.
      </Box>
    </Container>
  );
}
