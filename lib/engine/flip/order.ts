import { diffOf } from "./diff";
import type { Flip, FlipEdit, Step } from "./types";

/** A change that flips, with its steps: to see whether one holds another. */
export interface Found {
  flip: Flip;
  steps: string[];
  order: number;
}

/** The least first; what asks for something else comes last. A change that holds a smaller one that does as well is left out. */
export function ordered(found: readonly Found[], shown: number): Flip[] {
  const holds = (one: Found, other: Found): boolean =>
    other.steps.length < one.steps.length && other.steps.every((step) => one.steps.includes(step));
  const list = found
    .filter((one) => !found.some((other) => holds(one, other)))
    .sort(
      (a, b) =>
        Number(a.flip.asksOtherwise ?? false) - Number(b.flip.asksOtherwise ?? false) ||
        a.flip.breadth - b.flip.breadth ||
        a.flip.size - b.flip.size ||
        a.order - b.order,
    )
    .map(({ flip }) => flip);
  const least = list[0]?.breadth ?? 0;
  // What asks for something else stands last, and has a place there however many stand before it.
  const otherwise = list.filter(({ asksOtherwise }) => asksOtherwise).slice(0, 2);
  const kept = list.filter(({ asksOtherwise }) => !asksOtherwise).slice(0, shown - otherwise.length);
  return [...kept, ...otherwise].map((flip) => (flip.breadth > least ? { ...flip, broader: true } : flip));
}

/** What is shown of the steps: one document where two of them changed the same one. */
export function documentsOf(steps: readonly Step[]): Flip["documents"] {
  const held = new Map<string, Step["documents"][number]>();
  for (const document of steps.flatMap(({ documents }) => documents)) {
    const before = held.get(document.where);
    held.set(document.where, before ? { ...document, before: before.before } : document);
  }
  return [...held.values()].map((document) => {
    const { lines, unfolded } = diffOf(document.before, document.after);
    return { ...document, lines, ...(unfolded ? { unfolded: true as const } : {}) };
  });
}

/** Operations that put a whole document in the place of another, and the member that has it. */
const puts: Record<string, string> = {
  PutKeyPolicy: "Policy",
  PutUserPolicy: "PolicyDocument",
  PutGroupPolicy: "PolicyDocument",
  PutRolePolicy: "PolicyDocument",
  UpdateAssumeRolePolicy: "PolicyDocument",
  UpdatePolicy: "Content",
};

/** Of two edits that put the same policy, the second is enough. Edits that others refer to by number keep their places. */
export function mergedEdits(edits: readonly FlipEdit[]): FlipEdit[] {
  if (JSON.stringify(edits).includes("⟨")) return [...edits];
  const targetOf = (edit: FlipEdit): string | undefined => {
    const member = edit.kind === "call" ? puts[edit.call.operation] : undefined;
    if (edit.kind !== "call" || member === undefined) return undefined;
    const { input, ...call } = edit.call;
    return JSON.stringify([call, { ...input, [member]: "" }]);
  };
  return edits.filter((edit, i) => {
    const target = targetOf(edit);
    return target === undefined || !edits.slice(i + 1).some((later) => targetOf(later) === target);
  });
}

/** FNV-1a, 32 bits: short, and the same for the same text. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
