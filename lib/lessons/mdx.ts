import { durationMs } from "./duration";

/** What stands in the text of a lesson, read from its source: for the tests and the coverage, not for the page. */
export interface LessonText {
  /** Ids that the page will have: headings, claims, steps, figures, the start. */
  anchors: Set<string>;
  claims: string[];
  thenNow: string[];
  steps: string[];
  figures: string[];
  figuresLater: string[];
  /** Commands of the Run blocks, in their order, as they go to the terminal. */
  commands: string[];
  /** What the text has its reader do, in its order: commands, time that passes (ms), a Region to go to. */
  actions: ({ run: string } | { wait: number } | { region: string })[];
  links: string[];
}

/** Reads MDX of our own small vocabulary (components/lesson-blocks). */
export function readLesson(source: string): LessonText {
  const ids = (tag: string): string[] => [...source.matchAll(new RegExp(`<${tag} id="([^"]+)"`, "g"))].map((match) => match[1]);
  const withoutCode = source.replace(/^```[\s\S]*?^```$/gm, "").replace(/<Run>\{`[\s\S]*?`\}<\/Run>/g, "");
  const actions: LessonText["actions"] = [...source.matchAll(/<Run>\{`([\s\S]*?)`\}<\/Run>|<Wait time="([^"]+)"|<Region code="([^"]+)"/g)].map(([, command, time, region]) =>
    // As JavaScript reads a template literal without substitutions.
    region !== undefined ? { region } : command === undefined ? { wait: durationMs(time) } : { run: command.replace(/\\(.)/g, "$1") },
  );
  const text = {
    claims: ids("Claim"),
    thenNow: ids("ThenNow"),
    steps: ids("Step"),
    figures: ids("Figure"),
    figuresLater: ids("FigureLater"),
    commands: actions.flatMap((action) => ("run" in action ? [action.run] : [])),
    actions,
    links: [...withoutCode.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]),
  };
  const headings = [...withoutCode.matchAll(/^#{2,4} (.+)$/gm)].map((match) => slug(match[1]));
  return {
    ...text,
    anchors: new Set([
      ...headings,
      ...text.claims.map((id) => `claim-${id}`),
      ...text.steps.map((id) => `step-${id}`),
      ...[...text.figures, ...text.figuresLater, ...(source.includes("<TierCosts") ? ["PS"] : [])].map((id) => `figure-${id}`),
      ...(source.includes("<Start ") ? ["start-here"] : []),
    ]),
  };
}

/** As rehype-slug makes ids of headings (github-slugger), for headings that stand once on a page. */
export const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
