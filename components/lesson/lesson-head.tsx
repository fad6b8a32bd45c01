import Link from "next/link";
import { lessons, sections } from "@/lib/lessons/lessons";
import type { LessonMeta } from "@/lib/lessons/types";
import { RightGlyph } from "../ui/glyphs";
import { ReadMark } from "./read-mark";
import { StepCount } from "./step-count";

/** Where one is in the course, the title, how long it takes, and the lessons of the same section. */
export function LessonHead({ lesson }: { lesson: LessonMeta }) {
  const section = sections.find(({ id }) => id === lesson.section);
  const inSection = lessons.filter((each) => each.section === lesson.section);
  return (
    <header>
      <p className="overline flex items-center gap-1">
        <Link href={`/#section-${lesson.section}`} className="hover:text-brass">
          {section?.title}
        </Link>
        <RightGlyph size={12} />
        Lesson {inSection.indexOf(lesson) + 1} of {inSection.length}
      </p>
      <h1 className="mt-3 text-balance font-serif text-[2.25rem] font-semibold leading-[1.1] tracking-[-0.02em] phone:text-[2.625rem]">
        {lesson.title}
      </h1>
      <p className="mt-3 max-w-[36rem] font-serif text-[1.1875rem] italic leading-snug text-soft">{lesson.summary}</p>
      <p className="mt-4 flex items-center gap-3 text-[0.8125rem] text-faint">
        <span>{lesson.minutes} minutes</span>
        <StepCount lesson={lesson.slug} steps={lesson.steps.map(({ id, title }) => ({ id, title }))} />
      </p>
    </header>
  );
}

/** The next lesson, and the one before. Reaching it counts as having read the text. */
export function LessonFoot({ lesson }: { lesson: LessonMeta }) {
  const at = lessons.indexOf(lesson);
  const [before, after] = [lessons[at - 1], lessons[at + 1]];
  return (
    <footer className="mt-16 border-t border-rule pt-6">
      <ReadMark lesson={lesson.slug} />
      {after ? (
        <Link href={`/lessons/${after.slug}`} className="group block">
          <span className="overline">Next</span>
          <span className="mt-1 flex items-center gap-2 font-serif text-[1.375rem] font-semibold leading-tight group-hover:text-brass">
            {after.title} <RightGlyph size={20} className="text-brass transition-transform group-hover:translate-x-1" />
          </span>
          <span className="mt-1 block max-w-[34rem] text-[0.875rem] text-soft">{after.summary}</span>
        </Link>
      ) : (
        <p className="font-serif text-[1.1875rem]">
          That was the last lesson that is built.{" "}
          <Link href="/#course" className="link">
            Back to the course
          </Link>
        </p>
      )}
      {before ? (
        <p className="mt-6 text-[0.8125rem] text-faint">
          Before this:{" "}
          <Link href={`/lessons/${before.slug}`} className="link">
            {before.title}
          </Link>
        </p>
      ) : null}
    </footer>
  );
}
