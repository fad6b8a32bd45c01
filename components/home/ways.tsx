import Link from "next/link";
import { course } from "./course";

/** The three ways to use Keyhole. Only what exists is a link. */
export function Ways() {
  const first = course[0].lessons[0];
  return (
    <section aria-labelledby="ways-title" className="mt-10 border-t border-ink pb-20 pt-5">
      <h2 id="ways-title" className="overline">
        Three ways to use it
      </h2>
      <ul className="mt-4 grid gap-8 phone:grid-cols-3">
        <Way title="Alone, for an exam">
          Lessons beside a lab of your own, kept in this browser.{" "}
          <Link href={`/lessons/${first.slug}`} className="link">
            Begin
          </Link>
        </Way>
        <Way title="With a room of people" later>
          An instructor will hand out a broken cloud and see who is stuck.
        </Way>
        <Way title="As a quiz" later>
          Questions will have their answers proven by running them.
        </Way>
      </ul>
    </section>
  );
}

function Way({ title, later, children }: { title: string; later?: boolean; children: React.ReactNode }) {
  return (
    <li>
      <h3 className={`font-serif text-[1.1875rem] font-semibold leading-snug ${later ? "text-soft" : ""}`}>
        {title}
        {later ? <span className="ml-2 font-sans text-[0.8125rem] font-normal tracking-normal text-faint">to come</span> : null}
      </h3>
      <p className={`mt-1 text-[0.875rem] ${later ? "text-faint" : "text-soft"}`}>{children}</p>
    </li>
  );
}
