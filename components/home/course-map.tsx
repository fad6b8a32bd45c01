import Link from "next/link";
import { type CourseSection, course } from "./course";
import { Done } from "./done";

/** The whole course on one page: nine sections, what is in them, what is done, and what is not built yet. */
export function CourseMap() {
  return (
    <section id="course" aria-labelledby="course-title" className="border-t border-ink pt-5">
      <h2 id="course-title" className="overline">
        The course
      </h2>
      <ol className="mt-2 divide-y divide-rule">
        {course.map((section, i) => (
          <Section key={section.id} section={section} number={i + 1} />
        ))}
      </ol>
    </section>
  );
}

function Section({ section, number }: { section: CourseSection; number: number }) {
  const built = section.lessons.length > 0;
  return (
    <li id={`section-${section.id}`} className="grid gap-x-8 gap-y-3 py-6 lab:grid-cols-[minmax(0,1fr)_minmax(0,2.2fr)]">
      <h3
        className={`flex items-baseline gap-4 font-serif text-[1.5rem] font-semibold leading-tight tracking-[-0.015em] ${built ? "" : "text-faint"}`}
      >
        <span className="w-6 shrink-0 text-right text-[1rem] font-normal tabular-nums text-faint">{number}</span>
        {section.title}
      </h3>
      {built ? (
        <ol className="grid gap-x-8 phone:grid-cols-2">
          {section.lessons.map((lesson) => (
            <li key={lesson.slug}>
              <Link href={`/lessons/${lesson.slug}`} className="group flex gap-3 border-t border-transparent py-2" title={lesson.summary}>
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
      ) : (
        <p className="pl-10 text-[0.875rem] leading-[1.875rem] text-faint lab:pl-0">Not built yet.</p>
      )}
    </li>
  );
}
