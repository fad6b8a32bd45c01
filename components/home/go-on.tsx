import { outline } from "./course";
import { GoOnButton } from "./go-on-button";

/** The page's one button. */
export function GoOn() {
  return <GoOnButton lessons={outline.map(({ slug, title }) => ({ slug, title }))} />;
}
