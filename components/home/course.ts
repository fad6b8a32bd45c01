import { lessons, sections } from "@/lib/lessons/lessons";
import type { LessonMeta } from "@/lib/lessons/types";

/** A section of the course with its lessons; one without lessons is not built yet. */
export interface CourseSection {
  id: string;
  title: string;
  lessons: Pick<LessonMeta, "slug" | "title" | "minutes" | "summary" | "steps">[];
}

/** The nine sections, in the notes' order. */
const order: { id: string; title: string }[] = [
  { id: "encryption", title: "Encryption" },
  { id: "kms", title: "Key Management Service" },
  { id: "parameter-store", title: "Parameter Store" },
  { id: "secrets-manager", title: "Secrets Manager" },
  { id: "cloudhsm", title: "CloudHSM" },
  { id: "shield", title: "Shield" },
  { id: "waf", title: "WAF" },
  { id: "firewall-manager", title: "Firewall Manager" },
  { id: "ddos", title: "Resilience to DDoS" },
];

export const course: CourseSection[] = order.map(({ id, title }) => ({
  id,
  title,
  lessons: lessons.filter(({ section }) => section === id),
}));

const missing = sections.filter(({ id }) => !order.some((each) => each.id === id));
if (missing.length) throw new Error(`The course map does not know the section ${missing.map(({ id }) => id).join(", ")}.`);

/** Slugs with the ids of their steps: all that progress needs, for the page's small client parts. */
export const outline = lessons.map(({ slug, title, steps }) => ({ slug, title, steps: steps.map(({ id }) => id) }));
