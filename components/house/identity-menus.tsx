"use client";

import { useEffect, useState } from "react";
import { accounts, regions } from "@/lib/engine/regions";
import type { Caller } from "@/lib/engine/types";
import { callerName, labStore, openLab, savedIdentity, setIdentity, theLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { PlaceGlyph, UserGlyph } from "../ui/glyphs";
import { Menu } from "../ui/menu";
import { barButton, menuRow } from "./bar-button";

/** `1111-2222-3333`, as the AWS console writes it. */
const dashed = (account: string): string => account.replace(/(\d{4})(?=\d)/g, "$1-");

/** The Regions, as the console groups them: by the place in front of the brackets. */
const regionGroups = Object.entries(regions).reduce<Record<string, [code: string, name: string][]>>((groups, [code, name]) => {
  const group = name
    .split(" (")[0]
    .replace(/^(US) .*/, "United States")
    .replace(/^Canada.*/, "Canada");
  (groups[group] ??= []).push([code, name.replace(/^.*\((.*)\)$/, "$1")]);
  return groups;
}, {});

/** Before the lab is open the chosen identity is the one that was kept. */
function useIdentity() {
  useEffect(() => {
    const kept = savedIdentity();
    if (kept) labStore.setState({ identity: kept });
  }, []);
  return useLab((state) => state.identity);
}

export function RegionMenu() {
  const identity = useIdentity();
  const name = regions[identity.region]?.replace(/^.*\((.*)\)$/, "$1") ?? identity.region;
  return (
    <Menu
      label={`Region: ${name}, ${identity.region}`}
      className={barButton}
      button={
        <>
          <PlaceGlyph size={18} />
          <span className="hidden lab:inline">{name}</span>
        </>
      }
    >
      {(close) => (
        <div role="radiogroup" aria-label="Region" className="max-h-[70dvh] w-72 overflow-y-auto p-1.5">
          {Object.entries(regionGroups).map(([group, members]) => (
            <div key={group} role="group" aria-label={group} className="mb-1">
              <p className="overline px-2.5 pb-0.5 pt-2">{group}</p>
              {members.map(([code, place]) => (
                <button
                  key={code}
                  type="button"
                  role="radio"
                  aria-checked={code === identity.region}
                  className={menuRow}
                  onClick={() => {
                    setIdentity({ region: code });
                    close();
                  }}
                >
                  {place}
                  <span className="ml-auto font-mono text-xs text-faint">{code}</span>
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </Menu>
  );
}

export function IdentityMenu() {
  const identity = useIdentity();
  return (
    <Menu
      label={`Signed in as ${callerName(identity.caller)} of account ${identity.account}`}
      className={barButton}
      button={
        <>
          <UserGlyph size={18} />
          <span className="hidden lab:inline">
            {callerName(identity.caller)} <span className="font-normal text-faint">@ {dashed(identity.account)}</span>
          </span>
        </>
      }
    >
      {(close) => <Identities onChoose={close} />}
    </Menu>
  );
}

/** Everybody whom the lab's IAM knows, and the root user of each account. */
function Identities({ onChoose }: { onChoose(): void }) {
  const identity = useLab((state) => state.identity);
  useLab((state) => state.versions);
  const ready = useLab((state) => state.status === "ready");
  const [failed, setFailed] = useState(false);
  useEffect(() => void openLab().catch(() => setFailed(true)), []);
  const lab = theLab();
  const chosen = JSON.stringify(identity.caller);

  const names = (account: string, table: "users" | "roles", member: "UserName" | "RoleName"): string[] =>
    (lab?.read({ account, region: "global", service: "iam" }).table<Record<string, string>>(table).all() ?? []).map((row) => row[member]);

  const row = (account: string, caller: Caller, name: string, what: string) => (
    <button
      key={`${what} ${name}`}
      type="button"
      role="radio"
      aria-checked={JSON.stringify(caller) === chosen}
      className={menuRow}
      onClick={() => {
        setIdentity({ account, caller });
        onChoose();
      }}
    >
      {name}
      <span className="ml-auto text-xs text-faint">{what}</span>
    </button>
  );

  return (
    <div role="radiogroup" aria-label="Who calls" className="max-h-[70dvh] w-72 overflow-y-auto p-1.5">
      {failed ? <p className="px-2.5 py-2 text-[0.8125rem] text-deny">The lab could not be opened.</p> : null}
      {!ready && !failed ? <p className="px-2.5 py-2 text-[0.8125rem] text-faint">Opening the lab…</p> : null}
      {ready
        ? accounts.map((account) => (
            <div key={account} role="group" aria-label={`Account ${account}`} className="mb-1">
              <p className="overline px-2.5 pb-0.5 pt-2 tabular-nums">Account {dashed(account)}</p>
              {row(account, { account, root: true }, "root", "root user")}
              {names(account, "users", "UserName").map((user) => row(account, { account, user }, user, "IAM user"))}
              {names(account, "roles", "RoleName").map((role) => row(account, { account, role, session: "keyhole" }, role, "role"))}
            </div>
          ))
        : null}
    </div>
  );
}
