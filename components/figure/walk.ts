import type { Decision, Trace } from "@/lib/engine/types";
import type { Asked, Cast, Dress, Holding, Scene, Verdict } from "@/lib/lessons/figure";
import { decisionSentence, layerName, layerSentence, partSentence, principalName, stepSentence, upperFirst } from "../why/sentences";

/**
 * The scenes of one call, read from its trace: the request goes in, each question to the policies is put and answered,
 * calls to other services are followed, keys do their work, and an answer or an error comes back. Nothing is said here
 * that the trace does not say, so a changed policy changes the figure.
 */
export function scenesOf(asked: Asked, cast: Cast, dress: Dress = {}, id = "call"): Scene[] {
  const scenes: Scene[] = [];
  walk(asked.reply.trace, cast.caller, id, { cast, dress, scenes, input: asked });
  return scenes;
}

interface Walk {
  cast: Cast;
  dress: Dress;
  scenes: Scene[];
  input: Asked;
}

function walk(trace: Trace, from: string, id: string, state: Walk): void {
  const { cast, dress, scenes } = state;
  const here = cast.services[trace.service] ?? cast.caller;
  const name = cast.names[trace.service] ?? trace.service;
  const stage = (scene: Partial<Scene> & Pick<Scene, "caption">) => {
    scenes.push({ lit: [here], marks: [], ...scene, tokens: [...(dress.standing ?? []), ...(scene.tokens ?? [])] });
  };
  const top = trace.via.length === 0;
  const asker = top ? principalName(trace.principal) : (cast.names[trace.via.at(-1)!] ?? trace.via.at(-1)!);

  stage({
    caption: top ? `${upperFirst(asker)} calls ${trace.service}:${trace.operation}.` : `${asker} calls ${trace.service}:${trace.operation} for ${principalName(trace.principal)}.`,
    lit: [from, here],
    tokens: [{ id: `${id}-request`, from, at: here, look: "request", label: trace.operation, holds: dress.request?.(trace) ?? (top ? { title: `The request: ${trace.operation}`, call: state.input.call } : undefined) }],
  });

  let count = 0;
  for (const step of trace.steps) {
    const stepId = `${id}-${count++}`;
    if (step.kind === "shape" && !step.ok) stage({ caption: stepSentence(step), marks: [{ actor: here, verdict: "ExplicitDeny", words: "not accepted" }] });
    else if (step.kind === "decision") {
      const { decision } = step;
      const verdict: Verdict = decision.effect;
      const judge = cast.judge ?? here;
      stage({
        caption: decisionSentence(decision),
        lit: [here, judge],
        tokens: [{ id: stepId, from: here, at: judge, look: "question", label: decision.action, holds: questionHolding(decision) }],
        marks: [{ actor: judge, verdict, words: { Allow: "allowed", ExplicitDeny: "denied", ImplicitDeny: "nothing allowed it" }[decision.effect] }],
        why: whyOf(decision),
      });
    } else if (step.kind === "call") walk(step.trace, here, stepId, state);
    else if (step.kind === "crypto") {
      const context = step.context && Object.keys(step.context).length ? `, bound to the encryption context ${Object.entries(step.context).map(([key, value]) => `${key} = ${value}`).join(", ")}` : "";
      stage({ caption: `${name}: ${stepSentence(step).replace(/\.$/, "").replace(/^./, (first) => first.toLowerCase())}${step.keyArn ? `, under the key …${step.keyArn.slice(-4)}` : ""}${context}.` });
    }
  }

  if (trace.outcome.ok) {
    const reply = dress.reply?.(trace) ?? { look: "plain" as const, label: "done" };
    stage({
      caption: dress.answered?.(trace) ?? `${name} answers ${trace.operation}.`,
      lit: [here, from],
      tokens: [{ id: `${id}-reply`, from: here, at: from, ...reply }],
    });
  } else {
    const { code, message } = trace.outcome;
    stage({
      caption: `${name} refuses: ${code}${top && message ? `. ${message}` : ""}`,
      lit: [here, from],
      tokens: [{ id: `${id}-reply`, from: here, at: from, look: "denied", label: code, holds: { title: code, note: message || "AWS sends no text with this error." } }],
      marks: [{ actor: from, verdict: "ExplicitDeny", words: code }],
    });
  }
}

const questionHolding = (decision: Decision): Holding => ({
  title: `May ${principalName(decision.principal)} ${decision.action}?`,
  note: `On ${decision.resource}. ${Object.entries(decision.context).filter(([key]) => key.startsWith("kms:") || key.startsWith("ssm:")).map(([key, value]) => `${key} = ${String(value)}`).join("; ")}`.trim(),
});

/** Each layer that was asked and what it said; below it the parts of statements that did not fit. */
export function whyOf(decision: Decision): NonNullable<Scene["why"]> {
  const out: NonNullable<Scene["why"]> = [];
  for (const layer of decision.layers) {
    if (layer.outcome === "NotApplicable") continue;
    out.push({ verdict: layer.outcome, text: `${upperFirst(layerName(layer.kind, decision.action))}: ${layerSentence(layer, decision.action)}` });
    for (const policy of layer.policies)
      for (const statement of policy.statements) {
        const missed = statement.parts.find((part) => !part.matched);
        if (missed && out.length < 12) out.push({ text: `${statement.Sid ? `“${statement.Sid}”` : `Statement ${statement.index + 1}`} of ${policy.name}: ${partSentence(missed)}` });
      }
  }
  return out;
}
