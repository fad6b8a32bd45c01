"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

export interface Choice {
  /** What is put into the line. */
  text: string;
  about?: string;
}

interface Props {
  id: string;
  label: string;
  choices: readonly Choice[];
  /** Index of the one that Enter takes; -1: none yet. */
  active: number;
  /** Marked within each choice. */
  mark?: string;
  /** There are more than are shown. */
  more?: boolean;
  onChoose(index: number): void;
}

export const optionId = (list: string, index: number): string => `${list}-${index}`;

/**
 * What the line may become, above the line: moved through from the line itself, whose `aria-activedescendant` names the
 * active one, and pressed with a pointer. Short words stand side by side, as a shell lists them; what is explained stands in
 * lines of its own.
 */
export function ChoiceList({ id, label, choices, active, mark, more, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (active >= 0) document.getElementById(optionId(id, active))?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  const rows = mark !== undefined || choices.some((choice) => choice.about);
  return (
    <div className="max-h-[40%] shrink-0 overflow-y-auto overscroll-contain border-t border-rule-strong bg-raised py-1" data-testid="terminal-choices">
      <div ref={list} id={id} role="listbox" aria-label={label} className={rows ? "" : "flex flex-wrap gap-x-2 px-1"}>
        {choices.map(({ text, about }, index) => (
          <div
            key={`${index} ${text}`}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === active}
            className={`cursor-pointer rounded-md px-2 py-px ${rows ? "mx-1 flex min-w-0 gap-3" : ""} ${index === active ? "bg-brass-fill text-on-brass" : "hover:bg-sunk"}`}
            // The line keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(index)}
          >
            <span className={`${about ? "max-w-[60%] shrink-0" : "min-w-0"} ${rows ? "[overflow-wrap:anywhere]" : ""}`}>{marked(text, mark)}</span>
            {about ? <span className={`min-w-0 flex-1 truncate font-sans ${index === active ? "" : "text-soft"}`}>{about}</span> : null}
          </div>
        ))}
      </div>
      {more ? <p className="m-0 px-3 py-px font-sans text-soft">And more: type on to narrow them down.</p> : null}
    </div>
  );
}

function marked(text: string, mark: string | undefined): ReactNode {
  const at = mark ? text.indexOf(mark) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent font-semibold text-inherit underline decoration-2 underline-offset-2">{mark}</mark>
      {text.slice(at + mark!.length)}
    </>
  );
}
