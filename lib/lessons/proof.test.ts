import { describe, expect, test } from "vitest";
import { claims } from "@/content/claims";
import { type ProofLab, runProof } from "./proof";

const proved = claims.filter((claim) => claim.proof);

describe("proofs", () => {
  test.each(proved.map((claim) => [claim.id, claim] as const))("%s holds", async (_id, claim) => {
    const result = await runProof(claim.proof!);
    expect(result.steps.filter((step) => !step.held)).toEqual([]);
    expect(result.ok).toBe(true);
    expect(result.steps.some((step) => step.expectations.length > 0)).toBe(true);
  }, 60_000);

  // A proof that also 'holds' in a lab which answers everything alike would prove nothing.
  const trace = { requestId: "0", service: "", operation: "", region: "", account: "", via: [], at: 0, steps: [], outcome: { ok: true }, cost: [] } as any;
  const yes: ProofLab = { call: async () => ({ ok: true, output: {}, requestId: "0", trace, seq: 0 }), advance: async () => undefined };
  const no: ProofLab = { call: async () => ({ ok: false, error: { code: "AccessDeniedException", message: "no" }, requestId: "0", trace, seq: 0 }), advance: async () => undefined };

  test.each(proved.map((claim) => [claim.id, claim] as const))("%s does not hold in a lab that says yes to all, nor in one that says no", async (_id, claim) => {
    expect((await runProof(claim.proof!, yes)).ok).toBe(false);
    expect((await runProof(claim.proof!, no)).ok).toBe(false);
  });

  test("a program without expectations proves nothing", async () => {
    expect((await runProof(async () => undefined)).ok).toBe(false);
  });
});
