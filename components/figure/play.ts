import { x25519 } from "@noble/curves/ed25519.js";
import { createLab } from "@/lib/engine/lab";
import { decide } from "@/lib/engine/iam/decide";
import { globalKeys } from "@/lib/engine/iam/globals";
import { seededPorts } from "@/lib/engine/ports";
import type { Caller, JsonObject } from "@/lib/engine/types";
import { decisionSentence, partSentence } from "../why/sentences";
import { type Figure, type FigureCall, type FigureHand, type Scene, type Settings, effective } from "@/lib/lessons/figure";
import { scenesOf, whyOf } from "./walk";

const account = "111122223333";

/** Plays a figure's script in a lab of its own, with the same bytes on every run, and returns its scenes. */
export async function playFigure(figure: Figure, chosen: Settings): Promise<Scene[]> {
  const ports = seededPorts(seedOf(figure.id));
  const lab = createLab({ ports });

  const hand: FigureHand = {
    async call(call: FigureCall) {
      const { service, operation, input = {}, region = "us-east-1" } = call;
      const reply = await lab.call({ service, operation, input, region, caller: callerOf(call), door: "figure" });
      return { call: { service, operation, input: input as JsonObject }, reply };
    },
    async must(call) {
      const { reply } = await hand.call(call);
      if (!reply.ok) throw new Error(`Figure ${figure.id}: ${call.service}:${call.operation} ended with ${reply.error.code}: ${reply.error.message ?? ""}`);
      return reply.output as never;
    },
    advance: (ms) => lab.advance(ms),
    now: () => lab.now(),
    decide(caller, request, via) {
      const recognised = lab.recognise(caller);
      if (!recognised.ok) throw new Error(`Figure ${figure.id}: ${recognised.error.code}`);
      const principal = recognised.output;
      const identities = lab.read({ account: principal.account, region: "global", service: "iam" });
      const globals = globalKeys(principal, { now: lab.now(), region: "us-east-1", via, secureTransport: true }, identities);
      return decide(identities, principal, request, globals);
    },
    ciphers: ports.ciphers,
    random: (bytes) => ports.random(bytes),
    x25519() {
      const secret = ports.random(32);
      return { publicKey: x25519.getPublicKey(secret), shared: (theirs) => x25519.getSharedSecret(secret, theirs) };
    },
    scenesOf,
    words: { decision: decisionSentence, part: partSentence, why: whyOf },
  };
  return figure.play(effective(figure, chosen), hand);
}

const callerOf = ({ as = "admin", role, account: of = account }: FigureCall): Caller => (role ? { account: of, role, session: "figure" } : { account: of, user: as });

const seedOf = (id: string): number => [...id].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) >>> 0, 7);
