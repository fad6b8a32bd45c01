import Link from "next/link";
import type { CSSProperties } from "react";
import { type CourseSection, course } from "./course";
import { Done } from "./done";

/** The whole course on one page: nine sections, what is in them, what is done. Those still to come stand together, in order. */
export function CourseMap() {
  const built = course.filter(({ lessons }) => lessons.length > 0);
  const later = course.filter(({ lessons }) => lessons.length === 0);
  return (
    <section id="course" aria-labelledby="course-title" className="border-t border-ink pt-5">
      <div className="flex items-baseline justify-between">
        <h2 id="course-title" className="overline">
          The course
        </h2>
        <Link href="/figures" className="text-[0.8125rem] text-soft hover:text-brass">
          All figures
        </Link>
      </div>
      <ol className="mt-2 divide-y divide-rule">
        {built.map((section) => (
          <Section key={section.id} section={section} number={course.indexOf(section) + 1} />
        ))}
      </ol>
      {later.length ? (
        <div className="grid gap-x-8 gap-y-2 border-t border-rule py-6 lab:grid-cols-[minmax(0,1fr)_minmax(0,2.2fr)]">
          <h3 className="pl-10 text-[0.875rem] leading-6 text-faint">To come</h3>
          <ol className="flex flex-wrap gap-x-6 gap-y-1 pl-10 font-serif text-[1.0625rem] leading-6 text-soft lab:pl-0">
            {later.map((section) => (
              <li key={section.id} id={`section-${section.id}`} value={course.indexOf(section) + 1} className="whitespace-nowrap">
                <span className="mr-1.5 text-[0.8125rem] tabular-nums text-faint">{course.indexOf(section) + 1}</span>
                {section.title}
              </li>
            ))}
          </ol>
        </div>
      ) : null}
    </section>
  );
}

function Section({ section, number }: { section: CourseSection; number: number }) {
  return (
    <li id={`section-${section.id}`} className="grid gap-x-8 gap-y-3 py-6 lab:grid-cols-[minmax(0,1fr)_minmax(0,2.2fr)]">
      <h3 className="flex items-baseline gap-4 font-serif text-[1.5rem] font-semibold leading-tight tracking-[-0.015em]">
        <span className="w-6 shrink-0 text-right text-[1rem] font-normal tabular-nums text-faint">{number}</span>
        {section.title}
      </h3>
      <ol className="grid gap-x-8 max-lab:pl-10 phone:grid-flow-col phone:grid-cols-2 phone:grid-rows-[repeat(var(--rows),auto)]" style={{ "--rows": Math.ceil(section.lessons.length / 2) } as CSSProperties}>
        {section.lessons.map((lesson) => (
          <li key={lesson.slug}>
            <Link href={`/lessons/${lesson.slug}`} className="group flex gap-3 py-2" title={lesson.summary}>
              <Done lesson={lesson.slug} steps={lesson.steps.map(({ id }) => id)} />
              <span className="min-w-0">
                <span className="block font-medium leading-snug group-hover:text-brass">{lesson.title}</span>
                <span className="block text-[0.8125rem] text-faint">
                  {lesson.minutes} min
                  {lesson.steps.length ? `, ${lesson.steps.length} ${lesson.steps.length === 1 ? "step" : "steps"} in the lab` : ""}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </li>
  );
}
