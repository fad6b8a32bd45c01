"use client";

import { type DrawnFigure, type Settings, effective } from "@/lib/lessons/figure";

/** What the learner can set, and what can be broken. A break overrides the setting that it breaks. */
export function Controls({ figure, chosen, onChange }: { figure: DrawnFigure; chosen: Settings; onChange(change: Settings): void }) {
  const settings = effective(figure, chosen);
  const field = "rounded-md border border-rule-strong bg-raised px-2 py-1 text-[0.8125rem] text-ink";
  return (
    <div className="mt-3 space-y-2 border-t border-rule pt-3 text-[0.8125rem]">
      {figure.controls.length > 0 ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {figure.controls.map((control) => (
            <label key={control.id} className="flex min-w-0 max-w-full items-center gap-1.5">
              {control.kind === "toggle" ? (
                <>
                  <input type="checkbox" checked={settings[control.id] === true} onChange={(event) => onChange({ [control.id]: event.target.checked })} />
                  {control.label.startsWith("--") ? <code className="text-[0.75rem]">{control.label}</code> : control.label}
                </>
              ) : (
                <>
                  <span className="shrink-0 text-faint">{control.label}</span>
                  {control.kind === "choice" ? (
                    <select className={`${field} min-w-0 shrink`} value={String(settings[control.id])} onChange={(event) => onChange({ [control.id]: event.target.value })}>
                      {control.options.map((option) => (
                        <option key={option.value} value={option.value}>
                          {option.label}
                        </option>
                      ))}
                    </select>
                  ) : (
                    <input className={`${field} w-44 min-w-0 shrink font-mono`} spellCheck={false} maxLength={control.max} value={String(settings[control.id])} onChange={(event) => onChange({ [control.id]: event.target.value })} />
                  )}
                </>
              )}
            </label>
          ))}
        </div>
      ) : null}
      <div role="group" aria-label="Break it" className="flex flex-wrap items-center gap-1.5">
        <span className="mr-1 text-faint">Break it</span>
        {figure.breaks.map(({ id, label }) => (
          <button key={id} type="button" aria-pressed={chosen[id] === true} className="button min-h-7 px-2 py-0 text-xs font-normal aria-pressed:border-deny aria-pressed:bg-deny-tint aria-pressed:text-deny" onClick={() => onChange({ [id]: chosen[id] !== true })}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}
