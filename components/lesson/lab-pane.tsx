"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { type ConsoleName, consoleNames, isConsoleName, paneStore } from "@/lib/store/pane";
import { replaceAddress } from "@/lib/store/why";
import { CodeGlyph, ConsoleGlyph, DownGlyph, KeyGlyph, TerminalGlyph } from "../ui/glyphs";
import { Menu } from "../ui/menu";
import { Tabs } from "../ui/tabs";
import { CodeTab, consolesByName, Terminal } from "./consoles";
import { LabOverview } from "./lab-overview";

const tabs = [
  {
    id: "lab",
    label: (
      <>
        <KeyGlyph size={16} className="max-[380px]:hidden" /> Lab
      </>
    ),
  },
  {
    id: "console",
    label: (
      <>
        <ConsoleGlyph size={16} className="max-[380px]:hidden" /> Console
      </>
    ),
  },
  {
    id: "terminal",
    label: (
      <>
        <TerminalGlyph size={16} className="max-[380px]:hidden" /> Terminal
      </>
    ),
  },
  {
    id: "code",
    label: (
      <>
        <CodeGlyph size={16} className="max-[380px]:hidden" /> Code
      </>
    ),
  },
];

/**
 * The lab beside the text. What it shows is part of the address (`?lab=terminal`, `?lab=kms/keys`), and comes back with it.
 * A console or the terminal that was once opened stays as it is while another tab is in front.
 */
export function LabPane() {
  const pane = useStore(paneStore);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  useAddress();

  useEffect(() => {
    const what = pane.tab === "console" ? pane.console : pane.tab;
    setOpened((before) => (before.has(what) ? before : new Set(before).add(what)));
  }, [pane.tab, pane.console]);

  const navigate = (name: ConsoleName) => (path: string) =>
    paneStore.setState((state) => ({ path: { ...state.path, [name]: path.replace(/^\/+/, "") } }));
  const parts = (name: ConsoleName) => pane.path[name].split("/").filter(Boolean);
  const inFront = (what: string) => (pane.tab === "console" ? pane.console === what : pane.tab === what);

  return (
    <Tabs
      tabs={tabs}
      chosen={pane.tab}
      onChoose={(tab) => paneStore.setState({ tab: tab as typeof pane.tab })}
      label="Lab"
      className="flex h-full min-h-0 flex-col bg-raised"
      panelClassName="relative min-h-0 flex-1"
      aside={pane.tab === "console" ? <ConsoleChoice chosen={pane.console} path={pane.path[pane.console]} /> : null}
    >
      {inFront("lab") ? (
        <Layer shown>
          <LabOverview />
        </Layer>
      ) : null}
      {consoleNames
        .filter((name) => opened.has(name))
        .map((name) => {
          const { Console } = consolesByName[name];
          return (
            <Layer key={name} shown={inFront(name)}>
              <Console path={parts(name)} navigate={navigate(name)} />
            </Layer>
          );
        })}
      {opened.has("terminal") ? (
        <Layer shown={inFront("terminal")}>
          <Terminal />
        </Layer>
      ) : null}
      {opened.has("code") ? (
        <Layer shown={inFront("code")}>
          <CodeTab />
        </Layer>
      ) : null}
    </Tabs>
  );
}

function Layer({ shown, children }: { shown: boolean; children: React.ReactNode }) {
  return (
    <div hidden={!shown} className="absolute inset-0 overflow-auto">
      {children}
    </div>
  );
}

/** Which console stands in the pane. There are more of them than fit beside the tabs. */
function ConsoleChoice({ chosen, path }: { chosen: ConsoleName; path: string }) {
  const { label, Glyph } = consolesByName[chosen];
  return (
    <>
      <Menu
        label={`Console: ${label}`}
        className="flex items-center gap-1.5 rounded-md px-2 py-1 text-xs font-medium hover:bg-sunk"
        button={
          <>
            <Glyph size={16} className="text-brass" />
            <span className="max-w-32 truncate max-phone:hidden">{label}</span>
            <DownGlyph size={14} />
          </>
        }
      >
        {(close) => (
          <div role="radiogroup" aria-label="Console" className="w-56 p-1.5">
            {consoleNames.map((id) => {
              const { label: name, Glyph: Sign } = consolesByName[id];
              return (
                <button
                  key={id}
                  type="button"
                  role="radio"
                  aria-checked={id === chosen}
                  onClick={() => {
                    paneStore.setState({ console: id });
                    close();
                  }}
                  className="flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-[0.8125rem] hover:bg-sunk aria-checked:bg-brass-tint"
                >
                  <Sign size={18} className="text-brass" />
                  {name}
                </button>
              );
            })}
          </div>
        )}
      </Menu>
      <Link
        href={`/console/${chosen}/${path}`}
        className="ml-1 hidden whitespace-nowrap rounded-md px-2 py-1 text-xs text-soft hover:bg-sunk hover:text-ink phone:block"
      >
        Full page
      </Link>
    </>
  );
}

/** Reads the pane's place from the address once, and writes it there from then on. */
function useAddress() {
  const pane = useStore(paneStore);
  const [read, setRead] = useState(false);
  useEffect(() => {
    const place = new URL(location.href).searchParams.get("lab");
    if (place === "terminal" || place === "code" || place === "lab") paneStore.setState({ tab: place });
    else if (place) {
      const [name, ...path] = place.split("/");
      if (isConsoleName(name))
        paneStore.setState((state) => ({ tab: "console", console: name, path: { ...state.path, [name]: path.join("/") } }));
    }
    setRead(true);
  }, []);

  const place = pane.tab === "console" ? `${pane.console}/${pane.path[pane.console]}` : pane.tab;
  useEffect(() => {
    if (!read) return;
    const url = new URL(location.href);
    const before = url.searchParams.get("lab");
    if (place === before || (place === "lab" && before === null)) return;
    if (place === "lab") url.searchParams.delete("lab");
    else url.searchParams.set("lab", place);
    replaceAddress(url);
  }, [place, read]);
}
