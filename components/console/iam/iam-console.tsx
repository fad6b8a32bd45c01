"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import Spinner from "@cloudscape-design/components/spinner";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart, pathTo } from "../frame/place";
import { AccountSettings } from "./account/account-settings";
import { Dashboard } from "./account/dashboard";
import { GroupDetail } from "./groups/group-detail";
import { CreateGroup, GroupList } from "./groups/groups";
import { ControlPolicies } from "./organization/control-policies";
import { ControlPolicyDetail, CreateControlPolicy } from "./organization/control-policy-detail";
import { CONTROL, type ControlPage } from "./organization/words";
import { CreatePolicy } from "./policies/create-policy";
import { EditPolicy } from "./policies/edit-policy";
import { PolicyDetail } from "./policies/policy-detail";
import { PolicyList } from "./policies/policy-list";
import { CreateRole } from "./roles/create-role";
import { RoleDetail } from "./roles/role-detail";
import { RoleList } from "./roles/role-list";
import { AttachPolicies, SetBoundary } from "./shared/attach-page";
import { InlinePolicy } from "./shared/inline-policy-page";
import type { HolderKind } from "./types";
import { CreateAccessKey } from "./users/create-access-key";
import { CreateUser } from "./users/create-user";
import { UserDetail } from "./users/user-detail";
import { UserList } from "./users/user-list";

/** It brings the evaluator and all names of actions with it. */
const TestAs = dynamic(() => import("./test-as/test-as").then((module) => module.TestAs), { ssr: false, loading: () => <Spinner size="large" /> });

const WATCHES = ["iam", "organizations", "sts"];

/**
 * IAM as its console shows it. `path` are the parts of the address after `/console/iam`: `home`, `users`, `users/create`,
 * `users/details/<name>[/<tab or task>]` and alike for groups, roles and policies (by ARN), `account`,
 * `service-control-policies[/…]`, `resource-control-policies[/…]`, `test-as[/<identity's ARN>]`.
 */
export function IamConsole({ path, navigate, base = "/console/iam" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { active, crumbs, page } = route(path.map(decodePart));
  return (
    <ConsoleFrame
      service="IAM"
      base={base}
      home="home"
      navigate={navigate}
      active={active}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        { type: "link", text: "Dashboard", href: "home" },
        { type: "link", text: "Test as…", href: "test-as" },
        {
          type: "section",
          text: "Access management",
          items: [
            { type: "link", text: "User groups", href: "groups" },
            { type: "link", text: "Users", href: "users" },
            { type: "link", text: "Roles", href: "roles" },
            { type: "link", text: "Policies", href: "policies" },
            { type: "link", text: "Account settings", href: "account" },
          ],
        },
        {
          type: "section",
          text: "Organization",
          items: [
            { type: "link", text: "Service control policies", href: "service-control-policies" },
            { type: "link", text: "Resource control policies", href: "resource-control-policies" },
          ],
        },
      ]}
    >
      {page}
    </ConsoleFrame>
  );
}

interface Route {
  active: string;
  crumbs: Crumb[];
  page: ReactNode;
}

function route(parts: string[]): Route {
  const [first = "home"] = parts;
  if (first === "users" || first === "groups" || first === "roles") return entityRoute(first, parts);
  if (first === "policies") return policyRoute(parts);
  if (Object.hasOwn(CONTROL, first)) return controlRoute(first as ControlPage, parts);
  if (first === "account") return { active: first, crumbs: [{ text: "Account settings" }], page: <AccountSettings /> };
  if (first === "test-as") return { active: first, crumbs: [{ text: "Test as" }], page: <TestAs identity={parts[1]} /> };
  return { active: "home", crumbs: [{ text: "Dashboard" }], page: <Dashboard /> };
}

const ENTITIES = {
  users: { kind: "user", title: "Users", create: "Create user", Create: CreateUser, List: UserList, Detail: UserDetail },
  groups: { kind: "group", title: "User groups", create: "Create user group", Create: CreateGroup, List: GroupList, Detail: GroupDetail },
  roles: { kind: "role", title: "Roles", create: "Create role", Create: CreateRole, List: RoleList, Detail: RoleDetail },
} as const;

function entityRoute(first: keyof typeof ENTITIES, [, second, name, task, policy]: string[]): Route {
  const { kind, title, create, Create, List, Detail } = ENTITIES[first];
  const root: Crumb = { text: title, to: first };
  if (second === "create") return { active: first, crumbs: [root, { text: create }], page: <Create /> };
  if (second !== "details" || !name) return { active: first, crumbs: [{ text: title }], page: <List /> };
  const doing = taskPage(kind, name, task, policy);
  if (doing)
    return { active: first, crumbs: [root, { text: name, to: pathTo(first, "details", name) }, { text: doing.text }], page: doing.page };
  return { active: first, crumbs: [root, { text: name }], page: <Detail key={name} name={name} tab={task} /> };
}

/** What has a page of its own under a user, group or role. */
function taskPage(kind: HolderKind, name: string, task: string | undefined, policy: string | undefined): { text: string; page: ReactNode } | undefined {
  const holder = { kind, name };
  if (task === "add-permissions") return { text: "Add permissions", page: <AttachPolicies holder={holder} /> };
  if (task === "create-policy") return { text: "Create inline policy", page: <InlinePolicy holder={holder} /> };
  if (task === "edit-policy" && policy) return { text: policy, page: <InlinePolicy key={policy} holder={holder} name={policy} /> };
  if (task === "boundary" && kind !== "group") return { text: "Permissions boundary", page: <SetBoundary holder={holder} /> };
  if (task === "create-access-key" && kind === "user") return { text: "Create access key", page: <CreateAccessKey name={name} /> };
  return undefined;
}

function policyRoute([, second, arn, tab]: string[]): Route {
  const root: Crumb = { text: "Policies", to: "policies" };
  const active = "policies";
  if (second === "create") return { active, crumbs: [root, { text: "Create policy" }], page: <CreatePolicy /> };
  if (!arn) return { active, crumbs: [{ text: "Policies" }], page: <PolicyList /> };
  const name = arn.split("/").at(-1)!;
  if (second === "edit")
    return {
      active,
      crumbs: [root, { text: name, to: pathTo("policies", "details", arn) }, { text: "Edit policy" }],
      page: <EditPolicy key={arn} arn={arn} />,
    };
  return { active, crumbs: [root, { text: name }], page: <PolicyDetail key={arn} arn={arn} tab={tab} /> };
}

function controlRoute(page: ControlPage, [, second, id, tab]: string[]): Route {
  const { title, one } = CONTROL[page];
  const root: Crumb = { text: title, to: page };
  if (second === "create") return { active: page, crumbs: [root, { text: `Create ${one}` }], page: <CreateControlPolicy key={page} page={page} /> };
  if (id) return { active: page, crumbs: [root, { text: id }], page: <ControlPolicyDetail key={id} page={page} id={id} tab={tab} /> };
  return { active: page, crumbs: [{ text: title }], page: <ControlPolicies key={page} page={page} /> };
}
