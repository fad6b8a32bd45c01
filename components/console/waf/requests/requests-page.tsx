"use client";
import { useCallback, useMemo } from "react";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useFormDraft } from "../../frame/lab";
import { GoButton, usePlace } from "../../frame/place";
import { createPath } from "../place-of";
import type { Scope } from "../waf-types";
import { AclChoice, useChoices } from "./acl-choice";
import { useOwnRequests } from "./set/own-requests";
import { readRequestsPath, requestsPath, type AclRef } from "./place";
import { RequestPage } from "./request-page";
import { SetPage } from "./set/set-page";
import "./requests.css";

const noChoice: { acl?: AclRef; types: Partial<Record<Scope, string>> } = { types: {} };
const firstType: Record<Scope, string> = { REGIONAL: "APPLICATION_LOAD_BALANCER", CLOUDFRONT: "CLOUDFRONT" };

/** The bench: requests tried against a web ACL, one with its whole way or all at once, before and after an edit. The lab's own. */
export function RequestsPage({ path }: { path: readonly (string | undefined)[] }) {
  const { navigate } = usePlace();
  const { request, acl: addressed } = useMemo(() => readRequestsPath(path), [path]);
  const [kept, keep] = useFormDraft("wafv2/bench-choice", noChoice);
  const choices = useChoices();
  const requests = useOwnRequests();
  const acls = choices.data?.acls;
  const there = (one: AclRef | undefined) => one && acls?.some(({ scope, Id }) => scope === one.scope && Id === one.Id);
  // The address first, then the one of the last visit, then the only one or the first.
  const wanted = addressed ?? (there(kept.acl) ? kept.acl : acls?.[0]);
  const key = wanted && JSON.stringify([wanted.scope, wanted.Name, wanted.Id]);
  const acl = useMemo<AclRef | undefined>(() => {
    if (!key) return undefined;
    const [scope, Name, Id] = JSON.parse(key) as [Scope, string, string];
    return { scope, Name, Id };
  }, [key]);
  const type = acl && (kept.types[acl.scope] ?? firstType[acl.scope]);
  const go = useCallback((next: string) => navigate(requestsPath(next, acl)), [navigate, acl]);

  if (choices.refused) return <AwsErrorNote refused={choices.refused} />;
  if (!choices.data) return <Spinner size="large" />;
  const choice = (
    <AclChoice
      acls={choices.data.acls}
      acl={acl}
      onAcl={(next) => {
        keep({ acl: next });
        navigate(requestsPath(request, next));
      }}
      type={type}
      onType={(next) => keep({ types: { ...kept.types, [acl!.scope]: next } })}
    />
  );
  if (!acl)
    return (
      <SpaceBetween size="m">
        <Header variant="h1" description={`${requests.all.length} requests wait to be tried.`}>
          Requests
        </Header>
        <EmptyState title="No web ACL to try them with" action={<GoButton to={createPath("web-acl", "REGIONAL")}>Create web ACL</GoButton>} command="aws wafv2 create-web-acl --name shop --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=shop">
          Attacks and harmless requests are tried against a web ACL. You see which rule stops which, and why.
        </EmptyState>
      </SpaceBetween>
    );
  return request === "all" ? (
    <SetPage key={key} acl={acl} type={type!} choice={choice} requests={requests} open={go} />
  ) : (
    <RequestPage key={request} id={request} acl={acl} type={type!} choice={choice} requests={requests} resources={choices.data.resources} open={go} />
  );
}
