"use client";

import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

export interface Tab {
  id: string;
  label: ReactNode;
}

interface TabsProps {
  tabs: Tab[];
  chosen: string;
  onChoose(id: string): void;
  /** Names the list of tabs. */
  label: string;
  children: ReactNode;
  className?: string;
  panelClassName?: string;
  /** Stands at the right end of the list. */
  aside?: ReactNode;
}

/** Tabs by the ARIA pattern: arrows, Home and End move and choose; one panel. */
export function Tabs({ tabs, chosen, onChoose, label, children, className = "", panelClassName = "", aside }: TabsProps) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  }

  return (
    <div className={className}>
      <div className="flex items-stretch border-b border-rule">
        <div ref={list} role="tablist" aria-label={label} className="flex" onKeyDown={onKeyDown}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${base}-tab-${tab.id}`}
              data-tab={tab.id}
              aria-selected={tab.id === chosen}
              aria-controls={`${base}-panel`}
              tabIndex={tab.id === chosen ? 0 : -1}
              onClick={() => onChoose(tab.id)}
              className="-mb-px flex items-center gap-2 whitespace-nowrap border-b-2 border-transparent px-4 py-2 max-phone:gap-1.5 max-phone:px-2.5 text-[0.8125rem] font-medium text-soft outline-offset-[-3px] hover:text-ink aria-selected:border-brass aria-selected:text-ink"
            >
              {tab.label}
            </button>
          ))}
        </div>
        {aside ? <div className="ml-auto flex items-center pr-2">{aside}</div> : null}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-tab-${chosen}`} className={panelClassName}>
        {children}
      </div>
    </div>
  );
}
