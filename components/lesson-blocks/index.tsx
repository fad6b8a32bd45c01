import type { ComponentProps, ReactNode } from "react";
import type { LessonMeta } from "@/lib/lessons/types";
import { ArchitectureLater } from "../architecture/architecture-later";
import { FigureInText, FigureLater } from "../figure/in-text";
import styles from "./blocks.module.css";
import { ClaimBlock } from "./claim";
import { KeyStates } from "./key-states";
import { Region } from "./region";
import { Run } from "./run";
import { StepBlock } from "./step";
import { StoreCostsLater } from "./store-costs-later";
import { ThenNow } from "./then-now";
import { TierCosts } from "./tier-costs";
import { Wait } from "./wait";

/**
 * The words that lessons may use beside Markdown, bound to one lesson. The page hands them to the compiled MDX:
 * `<Content components={blocksFor(lesson)} />`. Small and fixed, so that writing a lesson stays writing.
 */
export function blocksFor(lesson: LessonMeta) {
  return {
    Claim: ClaimBlock,
    ThenNow,
    Region,
    Run,
    Wait,
    Start,
    Needs,
    TierCosts,
    StoreCosts: StoreCostsLater,
    KeyStates,
    Architecture: ArchitectureLater,
    Figure: FigureInText,
    FigureLater,
    // A short name is not broken at its hyphens; a long one may be, rather than leave the column.
    code: (props: ComponentProps<"code">) => (
      <code {...props} style={typeof props.children === "string" && props.children.length <= 24 ? { whiteSpace: "nowrap" } : undefined} />
    ),
    // A wide block of code can be scrolled by keyboard.
    pre: (props: ComponentProps<"pre">) => <pre tabIndex={0} {...props} />,
    Step({ id, children }: { id: string; children: ReactNode }) {
      const step = lesson.steps.find((each) => each.id === id);
      if (!step) throw new Error(`${lesson.slug} has no step ${id}: add it to meta.ts.`);
      const { title, goal, where } = step;
      return (
        <StepBlock lesson={lesson.slug} step={{ id, title, goal, where }}>
          {children}
        </StepBlock>
      );
    },
  };
}

/** The quickest way to a first result, before any explanation. */
function Start({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section id="start-here" aria-labelledby="start-here-title" className="block max-w-[40rem] rounded-lg bg-brass-tint px-5 py-4">
      <h2 id="start-here-title" className="text-[1.25rem]!">
        {title}
      </h2>
      <div className={`mt-3 ${styles.startBody}`}>{children}</div>
    </section>
  );
}

/** What the notes do by hand and Keyhole cannot yet: named, not hidden. */
function Needs({ service, children }: { service: string; children: ReactNode }) {
  return (
    <div role="note" className="block max-w-[36rem] border-l-2 border-dashed border-rule-strong pl-4 font-sans text-[0.875rem] leading-relaxed text-soft">
      <p className="overline">Not simulated: {service}</p>
      <div className="mt-1">{children}</div>
    </div>
  );
}
