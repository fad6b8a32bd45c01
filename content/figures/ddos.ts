import { attacks } from "@/lib/engine/architecture/attacks";
import { attackNames, type AttackName, type Crowd, type PartName, type ProtectionName } from "@/lib/engine/architecture/names";
import { model } from "@/lib/engine/architecture/model";
import type { RunOutput } from "@/lib/engine/architecture/output";
import { attackSentence, billSentence, clock, endWords, number, partTitles, usd, usersSentence } from "@/lib/engine/architecture/words";
import { cameTo, wayOf } from "@/lib/engine/architecture/way";
import type { Figure, Scene, Token, Verdict } from "@/lib/lessons/figure";

const actorOf: Record<PartName, string> = { ROUTE_53: "dns", CLOUDFRONT: "edge", WAF: "waf", LOAD_BALANCER: "balancer", INSTANCES: "group" };

type End = RunOutput["Ends"][number];

/** What stands, by the figure's switches. */
function standing(settings: Record<string, string | boolean>): ProtectionName[] {
  const names: [ProtectionName, string][] = [["CLOUDFRONT", "edge"], ["CACHING", "caching"], ["RATE_RULE", "waf"], ["MANAGED_RULES", "waf"], ["SHIELD_ADVANCED", "advanced"], ["AUTO_SCALING", "scaling"], ["CLOSED_ORIGIN", "closed"], ["SECOND_ZONE", "zones"]];
  return names.filter(([, setting]) => settings[setting] === true).map(([name]) => name);
}

const came = (part: PartName, crowd: Crowd, { Users, Attackers, Ends }: RunOutput): number => cameTo(part, crowd, crowd === "USERS" ? Users.Sent : Attackers.Sent, Ends);

const verdictOf = ({ Outcome, Crowd }: End): Verdict | undefined => (Outcome === "STOPPED" ? "ExplicitDeny" : Outcome === "LOST" ? "ImplicitDeny" : Outcome === "ANSWERED" && Crowd === "USERS" ? "Allow" : undefined);

/** As the end of a sentence that begins with “are”. */
const ended = (end: End): string => endWords(end).replace("reached the application", "answered: they reached the application");

/** One part: who comes, who ends there and why. */
function sceneOf(part: PartName, before: Record<Crowd, string>, output: RunOutput): Scene | undefined {
  const actor = actorOf[part];
  const unit = output.Attackers.Unit;
  const crowds = (["USERS", "ATTACKERS"] as const).filter((crowd) => wayOf(crowd, output).includes(part) && came(part, crowd, output) > 0);
  if (!crowds.length) return undefined;
  const ends = output.Ends.filter((end) => end.Part === part);
  const tokens = crowds.map((crowd): Token => {
    const count = came(part, crowd, output);
    return {
      id: crowd, from: before[crowd], at: actor, look: crowd === "USERS" ? "plain" : "denied", label: `${crowd === "USERS" ? "users" : "attack"} ${number(count)}`,
      holds: { title: crowd === "USERS" ? "Users’ requests" : attacks[output.Attack].title, note: `${number(count)} ${crowd === "USERS" ? "requests" : unit} come to ${partTitles[part]}. ${ends.filter((end) => end.Crowd === crowd).map((end) => `${number(end.Count)}: ${endWords(end)}.`).join(" ") || "None ends here."}` },
    };
  });
  const told = crowds.map((crowd) => {
    const mine = ends.filter((end) => end.Crowd === crowd);
    const count = came(part, crowd, output);
    const who = crowd === "USERS" ? `users’ ${number(count)} requests` : `the attack’s ${number(count)} ${unit}`;
    if (!mine.length) return `All of ${who} go on.`;
    if (mine.length === 1 && mine[0].Count === count) return `All of ${who} are ${ended(mine[0])}.`;
    const missed = mine.filter(({ Outcome }) => Outcome === "LOST");
    const most = mine.filter(({ Outcome }) => Outcome !== "LOST").slice(0, 3).map((end) => `${number(end.Count)} are ${ended(end)}`);
    const lost = missed.length ? [`${number(missed.reduce((sum, { Count }) => sum + Count, 0))} are ${ended(missed[0]).replace("lost: ", missed.length > 1 ? "lost, mostly since " : "lost, since ")}`] : [];
    return `Of ${who}, ${[...most, ...lost].join("; ")}.`;
  });
  const [stopped, lost] = (["STOPPED", "LOST"] as const).map((outcome) => ends.some(({ Outcome }) => Outcome === outcome));
  const reached = ends.some(({ Outcome }) => Outcome === "REACHED");
  return {
    caption: `${partTitles[part]}${remark(part, output)}. ${told.join(" ")}`, lit: [actor], tokens,
    marks: stopped ? [{ actor, verdict: "ExplicitDeny", words: "stops the attack" }] : lost ? [{ actor, verdict: "ImplicitDeny", words: "has no more room" }] : reached ? [{ actor, verdict: "ImplicitDeny", words: "the attack is here" }] : [{ actor, verdict: "Allow", words: "passes on" }],
    why: [...ends.map((end) => ({ ...(verdictOf(end) ? { verdict: verdictOf(end) } : {}), text: `${end.Crowd === "USERS" ? "Users" : "Attack"}, ${number(end.Count)}: ${endWords(end)}.` })), ...output.Events.filter((event) => event.Part === part).map(({ At, Detail }) => ({ text: `At ${clock(At)}: ${Detail}` }))],
  };
}

/** What the part is like, as it is set. */
function remark(part: PartName, { Protections, Instances, Attack }: RunOutput): string {
  const has = (name: ProtectionName): boolean => Protections.includes(name);
  const open = Protections.includes("CLOUDFRONT") && !has("CLOSED_ORIGIN");
  switch (part) {
    case "ROUTE_53":
      return `, under Shield, ${has("CLOUDFRONT") ? "leads to CloudFront" : "leads to the load balancer itself, for CloudFront is away"}`;
    case "CLOUDFRONT":
      return `, under Shield, takes whole requests only${open && Attack !== "NONE" ? ", but the attack goes around it" : ""}`;
    case "WAF":
      return has("CLOUDFRONT") ? " inspects at the edge" : " inspects at the load balancer";
    case "LOAD_BALANCER":
      return `, in ${has("SECOND_ZONE") ? "two public subnets" : "one public subnet"}; its security group lets in ${has("CLOUDFRONT") && has("CLOSED_ORIGIN") ? "CloudFront only" : "everybody"}`;
    case "INSTANCES":
      return has("AUTO_SCALING") ? `: the group has ${Instances.Most} of the ${model.maxInstances.value} that it may have` : `: Auto Scaling is off, ${Instances.AtEnd === 1 ? "one is" : `${Instances.AtEnd} are`} there at the end`;
  }
}

/** The notes' reference architecture: one attack beside users, part by part. */
const figure: Figure = {
  id: "DDOS",
  title: "A reference architecture under attack",
  summary: "Users and attackers come to Route 53, CloudFront with AWS WAF, a load balancer in public subnets and an Auto Scaling group in private ones. At each part stands who ends there, and why; at the end how users fared, and the bill.",
  wide: { width: 960, height: 460 },
  narrow: { width: 400, height: 700 },
  actors: [
    { id: "users", label: "Users", glyph: "users", wide: [80, 76], narrow: [80, 46] },
    { id: "attackers", label: "Attackers", glyph: "attacker", wide: [80, 310], narrow: [320, 46] },
    { id: "dns", label: "Route 53", sub: "Shield", glyph: "dns", wide: [260, 110], narrow: [90, 200] },
    { id: "edge", label: "CloudFront", sub: "Shield", glyph: "edge", wide: [440, 110], narrow: [90, 375] },
    { id: "waf", label: "AWS WAF", glyph: "firewall", wide: [440, 310], narrow: [315, 375] },
    { id: "balancer", label: "Load balancer", sub: "public subnets, Shield", glyph: "balancer", wide: [660, 110], narrow: [90, 550] },
    { id: "group", label: "Auto Scaling group", sub: "private subnets", glyph: "instances", wide: [860, 110], narrow: [315, 550] },
  ],
  wires: [
    { from: "users", to: "dns" },
    { from: "attackers", to: "dns" },
    { from: "attackers", to: "balancer" },
    { from: "dns", to: "edge" },
    { from: "edge", to: "waf" },
    { from: "edge", to: "balancer" },
    { from: "waf", to: "balancer" },
    { from: "balancer", to: "group" },
  ],
  controls: [{ id: "attack", kind: "choice", label: "Attack", options: attackNames.map((value) => ({ value, label: attacks[value].title })) }],
  breaks: [
    { id: "noEdge", label: "CloudFront away", set: { edge: false } },
    { id: "noWaf", label: "No AWS WAF", set: { waf: false } },
    { id: "openOrigin", label: "Origin open to all", set: { closed: false } },
    { id: "noScaling", label: "Auto Scaling off", set: { scaling: false } },
    { id: "noAdvanced", label: "Shield Advanced off", set: { advanced: false } },
    { id: "zoneLost", label: "Lose a zone", set: { lose: true } },
  ],
  start: { attack: "CACHE_BUSTING", edge: true, caching: true, waf: true, closed: true, scaling: true, advanced: true, zones: true, lose: false },
  simplified: "Simulated and simplified: four minutes, requests sampled by sender, capacities chosen by the lab. Nothing here is AWS’s measure.",

  async play(settings, hand) {
    const name = attackNames.find((each) => each === settings.attack) ?? "NONE";
    const attack = attacks[name satisfies AttackName];
    const { reply } = await hand.call({ service: "architecture", operation: "Run", input: { Attack: name, Protections: standing(settings), LoseZone: settings.lose === true, Seconds: 240 } });
    if (!reply.ok) return [{ caption: `The run was refused: ${reply.error.code}. ${reply.error.message ?? ""}`, lit: [], tokens: [], marks: [] }];
    const output = reply.output as unknown as RunOutput;

    const scenes: Scene[] = [
      {
        caption: `Users ask ${model.usersPerSecond.value} times a second. ${name === "NONE" ? "Nobody attacks" : `From ${clock(output.AttackFrom)} to ${clock(output.AttackUntil)} comes: ${attack.title}. ${attack.what.replace(/\.$/, "")}`}.`,
        lit: ["users", ...(name === "NONE" ? [] : ["attackers"])], marks: [],
        tokens: [{ id: "USERS", at: "users", look: "plain", label: `users ${number(output.Users.Sent)}` }, ...(name === "NONE" ? [] : [{ id: "ATTACKERS", at: "attackers", look: "denied" as const, label: `attack ${number(output.Attackers.Sent)}` }])],
      },
    ];
    const at: Record<Crowd, string> = { USERS: "users", ATTACKERS: "attackers" };
    for (const part of ["ROUTE_53", "CLOUDFRONT", "WAF", "LOAD_BALANCER", "INSTANCES"] as const) {
      const scene = sceneOf(part, at, output);
      if (!scene) continue;
      scenes.push(scene);
      for (const token of scene.tokens) at[token.id as Crowd] = token.at;
    }
    const rate = output.Users.SuccessRateUnderAttack;
    scenes.push({
      caption: `${usersSentence(output)} ${attackSentence(output) ?? ""}`.trim(),
      lit: ["users"], marks: [{ actor: "users", verdict: rate >= 0.99 ? "Allow" : rate >= 0.5 ? "ImplicitDeny" : "ExplicitDeny", words: rate >= 0.99 ? "served" : rate >= 0.5 ? "served in part" : "not served" }],
      tokens: [{ id: "USERS", from: at.USERS, at: "users", look: "plain", label: `answered ${number(output.Users.Answered)}`, holds: { title: "Users, at the end", note: `${number(output.Users.Answered)} of ${number(output.Users.Sent)} requests were answered.` } }],
      why: [...output.Events.map(({ At, Detail }) => ({ text: `At ${clock(At)}: ${Detail}` })), ...output.Ends.filter(({ Crowd }) => Crowd === "USERS").map((end) => ({ ...(verdictOf(end) ? { verdict: verdictOf(end) } : {}), text: `${number(end.Count)} at ${partTitles[end.Part]}: ${endWords(end)}.` }))],
    });
    scenes.push({
      caption: billSentence(output), lit: [], tokens: [],
      marks: [{ actor: "group", verdict: "NotApplicable", words: `the run: ${usd(output.Bill.Usd)}` }],
      why: [...output.Bill.Lines.map(({ What, Usd, AttackUsd, Note }) => ({ text: `${What}: ${Note ?? `${usd(Usd)}${AttackUsd >= 0.0005 ? `, ${usd(AttackUsd)} of it the attack’s` : ""}`}.` })), { text: output.Bill.Credits.Why }],
    });
    return scenes;
  },
};

export default figure;
