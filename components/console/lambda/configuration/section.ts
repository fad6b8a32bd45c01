import type { Alias, FunctionAnswer, Subject } from "../lambda-types";

/** What every section of the Configuration tab is given. */
export interface SectionProps {
  subject: Subject;
  found: FunctionAnswer;
  /** Where the page is an alias's. */
  alias?: Alias;
}
