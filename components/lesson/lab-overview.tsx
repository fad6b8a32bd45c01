"use client";

import type { CSSProperties, ReactNode } from "react";
import type { Lab } from "@/lib/engine/lab";
import { regions } from "@/lib/engine/regions";
import { keyStyle, keyTail } from "@/lib/store/hue";
import { callerName, openLab, setIdentity, theLab } from "@/lib/store/lab-store";
import { openConsole, openTerminal } from "@/lib/store/pane";
import { openPanel } from "@/lib/store/panels";
import { useLab } from "@/lib/store/react";
import { ConsoleGlyph, KeyGlyph, LockGlyph, ParameterGlyph, TerminalGlyph, UserGlyph } from "../ui/glyphs";

/** The rows as this page needs them; the engine's own types stay with the engine. */
interface Key {
  KeyId: string;
  KeyState: string;
  KeySpec: string;
  KeyManager: string;
  Description: string;
}
interface Alias {
  AliasName: string;
  TargetKeyId?: string;
}
interface Version {
  KeyId?: string;
}
interface Parameter {
  Name: string;
  Type: string;
  Version: number;
}

/** How many keys and how many parameters of a Region are listed; the consoles list all. */
const listed = 50;

/** What is in the lab, at a glance, for the account in the top bar. Read from the records themselves: no call, no permission. */
export function LabOverview() {
  const status = useLab((state) => state.status);
  const problem = useLab((state) => state.problem);
  const identity = useLab((state) => state.identity);
  useLab((state) => state.journal);
  const lab = theLab();

  if (!lab)
    return (
      <div className="p-6 text-[0.875rem] text-faint" role="status">
        {status === "failed" ? (
          <>
            <p className="text-deny">The lab could not be opened: {problem}</p>
            <button type="button" className="button mt-3" onClick={() => void openLab().catch(() => undefined)}>
              Try again
            </button>
          </>
        ) : (
          "Opening the lab…"
        )}
      </div>
    );

  const { account } = identity;
  /** The first rows of a table, and how many there are: a lab may hold a hundred thousand. */
  const read = <R extends object>(region: string, service: string, table: string, most = listed): { rows: R[]; size: number } => {
    const all = lab.read({ account, region, service }).table<R>(table);
    return { rows: all.ids({ limit: most }).map((id) => all.get(id)!), size: all.size };
  };
  const places = Object.keys(regions)
    .map((region) => ({
      region,
      keys: read<Key>(region, "kms", "keys"),
      aliases: read<Alias>(region, "kms", "aliases", 1_000).rows,
      parameters: read<Parameter>(region, "ssm", "parameters"),
      keyOf: keysOfParameters(lab, account, region),
    }))
    .filter(({ keys, parameters }) => keys.size + parameters.size > 0)
    // The chosen Region first.
    .sort((a, b) => Number(b.region === identity.region) - Number(a.region === identity.region));

  return (
    <div className="mx-auto max-w-2xl space-y-7 px-5 py-6 text-[0.875rem]" data-testid="lab-overview">
      <div>
        <p className="font-serif text-[1.0625rem] leading-snug">
          A simulated cloud of your own. You are <strong className="font-semibold">{callerName(identity.caller)}</strong> of account{" "}
          <span className="tabular-nums">{account}</span>, in {regions[identity.region]}.
        </p>
        <div className="mt-3 flex flex-wrap gap-2">
          <button type="button" className="button button-next" onClick={openTerminal}>
            <TerminalGlyph size={18} /> Open the terminal
          </button>
          <button type="button" className="button" onClick={() => openConsole("kms", "keys")}>
            <ConsoleGlyph size={18} /> Open the console
          </button>
        </div>
      </div>
      {places.length === 0 ? (
        <p className="text-soft">
          This account has no keys and no parameters yet. Make a key in the console, or type{" "}
          <code className="rounded-sm bg-sunk px-1 text-[0.85em]">aws kms create-key</code>.
        </p>
      ) : null}
      {places.map(({ region, keys, aliases, parameters, keyOf }) => (
        <section key={region} aria-label={regions[region]}>
          <h3 className="mb-1 flex items-baseline gap-2">
            <span className="overline">{regions[region]}</span>
            {region === identity.region ? null : (
              <button type="button" className="link text-xs" onClick={() => setIdentity({ region })}>
                go there
              </button>
            )}
          </h3>
          <ul className="divide-y divide-rule border-y border-rule">
            {keys.rows.map((key) => (
              <KeyRow
                key={key.KeyId}
                row={key}
                aliases={aliases.filter(({ TargetKeyId }) => TargetKeyId === key.KeyId).map(({ AliasName }) => AliasName)}
                onOpen={() => open(region, "kms", `keys/${key.KeyId}`)}
              />
            ))}
            {parameters.rows.map((parameter) => (
              <Row
                key={parameter.Name}
                hue={parameter.Type === "SecureString" ? keyStyle(keyOf(parameter)) : undefined}
                sign={
                  parameter.Type === "SecureString" ? (
                    <LockGlyph size={18} label="Encrypted:" className="text-key-mark" />
                  ) : (
                    <ParameterGlyph size={18} />
                  )
                }
                name={<code className="text-[0.8125rem]">{parameter.Name}</code>}
                what={`${parameter.Type}, version ${parameter.Version}`}
                onOpen={() => open(region, "systems-manager", `parameters/${encodeURIComponent(parameter.Name)}`)}
              />
            ))}
          </ul>
          <More of={keys} what="keys" />
          <More of={parameters} what="parameters" />
        </section>
      ))}
      <People account={account} />
      <Labs />
    </div>
  );
}

function More({ of: { rows, size }, what }: { of: { rows: unknown[]; size: number }; what: string }) {
  return size > rows.length ? (
    <p className="mt-1 text-xs text-faint">
      and {(size - rows.length).toLocaleString("en")} {what} more
    </p>
  ) : null;
}

/** Which key guards a SecureString: as its current version names it, by id, ARN or alias; the default is `alias/aws/ssm`. */
function keysOfParameters(lab: Lab, account: string, region: string): (parameter: Parameter) => string | undefined {
  const versions = lab.read({ account, region, service: "ssm" }).table<Version>("versions");
  const aliases = lab.read({ account, region, service: "kms" }).table<Alias>("aliases");
  return ({ Name, Version }) => {
    const named = versions.get(`${Name}\0${String(Version).padStart(12, "0")}`)?.KeyId ?? "alias/aws/ssm";
    const alias = /alias\/.*$/.exec(named)?.[0];
    return alias ? aliases.get(alias)?.TargetKeyId : named;
  };
}

function open(region: string, console: "kms" | "systems-manager", path: string) {
  setIdentity({ region });
  openConsole(console, path);
}

function KeyRow({ row, aliases, onOpen }: { row: Key; aliases: string[]; onOpen(): void }) {
  const spec = row.KeySpec === "SYMMETRIC_DEFAULT" ? "symmetric" : row.KeySpec;
  return (
    <Row
      hue={keyStyle(row.KeyId)}
      sign={<KeyGlyph size={20} className="text-key-mark" />}
      name={
        <>
          {aliases.length ? aliases.join(", ") : <span className="text-soft">{row.Description || "no alias"}</span>}{" "}
          <span className="rounded-sm bg-key-tint px-1 font-mono text-xs text-key-ink">…{keyTail(row.KeyId)}</span>
        </>
      }
      what={`${row.KeyManager === "AWS" ? "AWS managed" : spec}${row.KeyState === "Enabled" ? "" : `, ${row.KeyState}`}`}
      onOpen={onOpen}
    />
  );
}

function Row({ hue, sign, name, what, onOpen }: { hue?: CSSProperties; sign: ReactNode; name: ReactNode; what: string; onOpen(): void }) {
  return (
    <li {...(hue ? { "data-key": "", style: hue } : {})}>
      <button type="button" onClick={onOpen} className="flex w-full items-center gap-3 px-1 py-2 text-left hover:bg-sunk">
        {sign}
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{name}</span>
        <span className="shrink-0 text-xs text-faint">{what}</span>
      </button>
    </li>
  );
}

function People({ account }: { account: string }) {
  const identity = useLab((state) => state.identity);
  const users = theLab()?.read({ account, region: "global", service: "iam" }).table<{ UserName: string }>("users").all() ?? [];
  const current = callerName(identity.caller);
  return (
    <section aria-label="People">
      <h3 className="overline mb-2">Who can call</h3>
      <div role="radiogroup" aria-label="Who calls" className="flex flex-wrap gap-2">
        {[...users.map(({ UserName }) => UserName), "root"].map((name) => (
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={name === current}
            onClick={() => setIdentity({ caller: name === "root" ? { account, root: true } : { account, user: name } })}
            className="flex items-center gap-1.5 rounded-md border border-rule px-2.5 py-1 text-[0.8125rem] hover:border-brass aria-checked:border-brass-mark aria-checked:bg-brass-tint"
          >
            <UserGlyph size={16} className="text-faint" />
            {name}
          </button>
        ))}
      </div>
    </section>
  );
}

/** The labs of this browser: a file, a fresh start that loses nothing, those that are kept aside. */
function Labs() {
  return (
    <section aria-label="Labs" className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-rule pt-4 text-[0.8125rem]">
      <p className="min-w-0 flex-1 text-soft">This lab is kept in this browser.</p>
      <button type="button" className="button min-h-8 px-3 py-0.5" aria-haspopup="dialog" aria-label="Labs: save as a file, open, start afresh" onClick={() => openPanel("labs")}>
        Save, open, start afresh
      </button>
    </section>
  );
}
