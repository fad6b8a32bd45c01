import { attacks } from "@/lib/engine/architecture/attacks";
import type { EndOutcome } from "@/lib/engine/architecture/names";
import type { RunOutput } from "@/lib/engine/architecture/output";
import { clock, partTitles } from "@/lib/engine/architecture/words";
import { drawnAt, short } from "./flows";

const words: Record<EndOutcome, string> = { ANSWERED: "are answered", ABSORBED: "are answered without harm", STOPPED: "are stopped", REACHED: "come in", LOST: "are lost for want of room" };

/** What the drawing shows at a step, for those who do not see it. */
export function stepWords(output: RunOutput, at: number): string {
  const step = output.Timeline[at];
  const { ends, around } = drawnAt(output, at);
  const list = (crowd: "USERS" | "ATTACKERS"): string =>
    ends.filter((end) => end.crowd === crowd).map(({ part, outcome, perSecond }) => `${short(perSecond)} ${words[outcome]} at ${partTitles[part].replace(/^(Load|Instances)/, (word) => `the ${word.toLowerCase()}`)}`).join(", ");
  const seconds = Math.min(output.StepSeconds, output.Seconds - at * output.StepSeconds);
  const users = `At ${clock(step.At)} users send ${short(step.Users.Sent / seconds)} requests a second: ${list("USERS") || "none"}.`;
  const attack = step.Attackers.Sent ? ` The attack (${attacks[output.Attack].title}) sends ${short(step.Attackers.Sent / seconds)} ${output.Attackers.Unit} a second${around ? ", around CloudFront" : ""}: ${list("ATTACKERS")}.` : output.Attack === "NONE" ? "" : " The attack is silent.";
  const launching = step.Launching ? `, and ${step.Launching} more ${step.Launching === 1 ? "is" : "are"} starting` : "";
  return `${users}${attack} ${step.Instances} ${step.Instances === 1 ? "instance is" : "instances are"} in service, ${Math.round(step.Utilisation * 100)}% busy${launching}.`;
}
