import { Fragment } from "react";
import type { Crowd, EndOutcome, PartName } from "@/lib/engine/architecture/names";
import type { RunOutput } from "@/lib/engine/architecture/output";
import { partTitles } from "@/lib/engine/architecture/words";
import { CrossGlyph, DashGlyph, RingGlyph, ShieldGlyph, TickGlyph, WafGlyph } from "../ui/glyphs";
import styles from "./architecture.module.css";
import { drawnAt, type Ended, type Flow, type Place, short } from "./flows";
import { type Box, labelOf, type Layout, lineOf, type Point, standing } from "./geometry";
import { AttackerGlyph, BalancerGlyph, DnsGlyph, EdgeGlyph, InstancesGlyph, UsersGlyph } from "./glyphs";

const glyphs = { USERS: UsersGlyph, ATTACKERS: AttackerGlyph, ROUTE_53: DnsGlyph, CLOUDFRONT: EdgeGlyph, WAF: WafGlyph, LOAD_BALANCER: BalancerGlyph, INSTANCES: InstancesGlyph };
const crowdClass: Record<Crowd, string> = { USERS: styles.users, ATTACKERS: styles.attackers };

interface Props {
  output: RunOutput;
  /** The step. */
  at: number;
  layout: Layout;
  playing: boolean;
  /** What is seen, in words. */
  label: string;
}

/** The architecture at one step of its run: who flows where, and what ends at each part. */
export function Drawing({ output, at, layout, playing, label }: Props) {
  const step = output.Timeline[at];
  const { flows, ends, away, around } = drawnAt(output, at);
  const lost = output.LoseZone && step.At + output.StepSeconds > Math.floor(output.Seconds / 2);
  const second = output.Protections.includes("SECOND_ZONE");
  const { alive, balancer } = standing(layout, { second, lost });
  const gone = alive.length === 0;
  const placeOf = (place: Place): Point => (place === "LOAD_BALANCER" ? balancer : place === "INSTANCES" ? layout.zones[alive[0] ?? 0].instances : layout.places[place]);
  const asker = away.includes("CLOUDFRONT") ? balancer : layout.places.CLOUDFRONT;
  const open = !(output.Protections.includes("CLOSED_ORIGIN") && output.Protections.includes("CLOUDFRONT"));

  return (
    <svg className={`${styles.drawing} ${playing ? styles.playing : ""}`} viewBox={`0 0 ${layout.width} ${layout.height}`} role="img" aria-label={label} style={{ "--hue": 245, fontSize: layout.text } as never} data-key="">
      <Network layout={layout} second={second} lost={lost} open={open} balancer={balancer} gone={gone} />
      {away.includes("WAF") ? null : <line className={styles.asks} x1={asker[0]} y1={asker[1] + (layout.name === "wide" ? 62 : 0)} x2={layout.places.WAF[0]} y2={layout.places.WAF[1] - (layout.name === "wide" ? 28 : 0)} />}
      {flows.map((flow) => (
        <Fragment key={`${flow.crowd} ${flow.to}`}>
          {(flow.to === "INSTANCES" ? alive : [0]).map((zone) => (
            <FlowLine key={zone} flow={flow} layout={layout} from={placeOf(flow.from)} to={flow.to === "INSTANCES" ? layout.zones[zone].instances : placeOf(flow.to)} around={around && flow.crowd === "ATTACKERS" && flow.to === "LOAD_BALANCER"} share={flow.to === "INSTANCES" ? 1 / Math.max(1, alive.length) : 1} told={zone === (alive[0] ?? 0) || flow.to !== "INSTANCES"} />
          ))}
        </Fragment>
      ))}
      {(["USERS", "ATTACKERS", "ROUTE_53", "CLOUDFRONT", "WAF"] as const).map((place) => (
        <Node key={place} place={place} at={layout.places[place]} away={(away as Place[]).includes(place) || (place === "ATTACKERS" && output.Attack === "NONE")} layout={layout} />
      ))}
      <Node place="LOAD_BALANCER" at={balancer} away={gone} layout={layout} />
      {layout.zones.map(({ instances }, zone) => (alive.includes(zone) ? <Instances key={zone} at={instances} count={inZone(step.Instances, alive, zone)} launching={inZone(step.Launching, alive, zone)} used={step.Utilisation} /> : null))}
      {(Object.keys(layout.notes) as PartName[]).map((part) => (
        <Notes key={part} at={layout.notes[part]} anchor={layout.anchors[part]} ends={ends.filter((end) => end.part === part)} more={part === "INSTANCES" && step.Held >= 1 ? `${short(step.Held)} connections held` : undefined} line={layout.text + 5} />
      ))}
    </svg>
  );
}

const inZone = (count: number, alive: number[], zone: number): number => (alive.length === 2 ? (zone === alive[0] ? Math.ceil(count / 2) : Math.floor(count / 2)) : count);

/** The VPC: two zones with a public and a private subnet each, and their security groups. */
function Network({ layout, second, lost, open, balancer, gone }: { layout: Layout; second: boolean; lost: boolean; open: boolean; balancer: Point; gone: boolean }) {
  const both = balancer === layout.between;
  const [across, along] = layout.name === "wide" ? [44, both ? 116 : 58] : [both ? 134 : 58, 50];
  return (
    <g>
      <Rect className={styles.frame} box={layout.vpc} rx={8} />
      <text className={styles.caption} x={layout.vpc.x + 12} y={layout.vpc.y + 18}>
        VPC
      </text>
      {layout.zones.map(({ zone, open: publicSubnet, closed }, at) => {
        const there = at === 0 ? !lost : second;
        const words = at === 0 && lost ? "zone lost" : at === 1 && !second ? "no second zone" : `zone ${at === 0 ? "a" : "b"}`;
        return (
          <g key={at}>
            <Rect className={styles.zone} box={zone} rx={6} there={there} />
            <Rect className={styles.subnet} box={publicSubnet} rx={5} there={there} />
            <Rect className={styles.subnet} box={closed} rx={5} there={there} />
            {layout.name === "wide" ? (
              <>
                <text className={styles.caption} x={publicSubnet.x + 10} y={at === 0 ? publicSubnet.y + 17 : publicSubnet.y + publicSubnet.height - 9}>
                  {there ? `public subnet, ${words}` : words}
                </text>
                <text className={styles.caption} x={closed.x + 10} y={at === 0 ? closed.y + 17 : closed.y + closed.height - 9}>
                  {there ? "private subnet" : ""}
                </text>
              </>
            ) : (
              <>
                <text className={styles.caption} x={zone.x + 8} y={zone.y + 17}>
                  {words}
                </text>
                <text className={styles.caption} x={publicSubnet.x + 8} y={publicSubnet.y + 16}>
                  {there ? "public subnet" : ""}
                </text>
                <text className={styles.caption} x={closed.x + 8} y={closed.y + 16}>
                  {there ? "private subnet" : ""}
                </text>
              </>
            )}
          </g>
        );
      })}
      {gone ? null : (
        <>
          <rect className={styles.group} data-open={open} x={balancer[0] - across} y={balancer[1] - along / 2 - 8} width={2 * across} height={along + 28} rx={8} />
          <text className={styles.caption} {...groupCaption(layout, balancer, [across, along])}>
            {open ? "open to all" : "CloudFront only"}
          </text>
        </>
      )}
    </g>
  );
}

/** Where it is said whom the load balancer's security group lets in: where nothing else is written. */
function groupCaption(layout: Layout, balancer: Point, [across, along]: [number, number]): { x: number; y: number; textAnchor?: "middle" | "end" } {
  if (layout.name === "narrow") return { x: balancer[0] - across + 8, y: balancer[1] - along / 2 + 8 };
  const alone = layout.zones.findIndex((zone) => zone.balancer === balancer);
  if (alone < 0) return { x: balancer[0], y: balancer[1] + along / 2 + 34, textAnchor: "middle" };
  const { x, y, width, height } = layout.zones[alone].open;
  return { x: x + width - 10, y: alone === 0 ? y + height - 9 : y + 17, textAnchor: "end" };
}

const Rect = ({ box, className, rx, there }: { box: Box; className: string; rx: number; there?: boolean }) => <rect {...box} className={className} rx={rx} data-there={there} />;

function Node({ place, at: [x, y], away, layout }: { place: Exclude<Place, "INSTANCES">; at: Point; away: boolean; layout: Layout }) {
  const Glyph = glyphs[place];
  const title = place === "USERS" ? "Users" : place === "ATTACKERS" ? "Attackers" : partTitles[place];
  const shielded = place === "ROUTE_53" || place === "CLOUDFRONT" || place === "LOAD_BALANCER";
  return (
    <g className={styles.node} data-away={away}>
      <rect className={styles.plate} x={x - 25} y={y - 25} width={50} height={50} rx={6} />
      <Glyph x={x - 15} y={y - 15} size={30} strokeWidth={1.4} />
      {shielded && !away ? <ShieldGlyph x={x + 14} y={y - 35} size={21} className={styles.shield} fill="var(--paper-raised)" /> : null}
      <text className={styles.name} x={x} y={y + 42} fontSize={layout.text + 0.5}>
        {title}
        {away && place !== "ATTACKERS" ? " (away)" : ""}
      </text>
    </g>
  );
}

function FlowLine({ flow, layout, from, to, around, share, told }: { flow: Flow; layout: Layout; from: Point; to: Point; around: boolean; share: number; told: boolean }) {
  const path = around ? layout.around(to) : lineOf(layout, from, to, flow.crowd);
  const { at, anchor } = around ? { at: (layout.name === "wide" ? [250, 458] : [386, 200]) as Point, anchor: layout.name === "wide" ? ("middle" as const) : ("end" as const) } : labelOf(layout, from, to, flow.crowd);
  return (
    <g className={crowdClass[flow.crowd]}>
      <path className={styles.flow} d={path} strokeWidth={2 + 12 * Math.sqrt(flow.strength * share)} />
      <path className={styles.course} d={path} />
      {told ? (
        <text className={styles.rate} x={at[0]} y={at[1]} textAnchor={anchor} fontSize={layout.text - 0.5}>
          {short(flow.perSecond)}/s
        </text>
      ) : null}
    </g>
  );
}

/** What runs, what comes, and how much of it is used. */
function Instances({ at: [x, y], count, launching, used }: { at: Point; count: number; launching: number; used: number }) {
  const all = count + launching;
  const perRow = 5;
  return (
    <g>
      <rect className={styles.group} x={x - 62} y={y - 34} width={124} height={84} rx={8} />
      {Array.from({ length: all }, (_, index) => {
        const row = Math.floor(index / perRow);
        const inRow = Math.min(perRow, all - row * perRow);
        return <rect key={index} className={styles.instance} data-launching={index >= count} x={x - (inRow * 21) / 2 + (index % perRow) * 21 + 2} y={y - 24 + row * 21} width={17} height={17} rx={3} />;
      })}
      <rect className={styles.load} x={x - 48} y={y + 22} width={96} height={7} rx={3.5} />
      <rect className={styles.full} x={x - 48} y={y + 22} width={96 * used} height={7} rx={3.5} fill={used > 0.95 ? "var(--deny)" : used > 0.75 ? "var(--implicit)" : "var(--allow)"} />
      <text className={styles.caption} x={x} y={y + 44} textAnchor="middle">
        {Math.round(used * 100)}% busy
      </text>
    </g>
  );
}

const looks: Record<EndOutcome, { Glyph: typeof TickGlyph; ink: string; words: Record<Crowd, string> }> = {
  ANSWERED: { Glyph: TickGlyph, ink: "var(--allow)", words: { USERS: "answered", ATTACKERS: "answered" } },
  ABSORBED: { Glyph: RingGlyph, ink: "var(--unevaluated)", words: { USERS: "absorbed", ATTACKERS: "absorbed" } },
  STOPPED: { Glyph: CrossGlyph, ink: "var(--deny)", words: { USERS: "users stopped", ATTACKERS: "stopped" } },
  REACHED: { Glyph: DashGlyph, ink: "var(--implicit)", words: { USERS: "reached", ATTACKERS: "attack came in" } },
  LOST: { Glyph: DashGlyph, ink: "var(--implicit)", words: { USERS: "users lost", ATTACKERS: "attack lost" } },
};
const order: EndOutcome[] = ["STOPPED", "ANSWERED", "LOST", "REACHED", "ABSORBED"];

/** What ends at a part, a line for each kind. */
function Notes({ at: [x, y], anchor, ends, more, line }: { at: Point; anchor: "start" | "middle"; ends: Ended[]; more?: string; line: number }) {
  const shown = ends.filter(({ perSecond }) => perSecond > 0).sort((a, b) => (a.crowd === b.crowd ? order.indexOf(a.outcome) - order.indexOf(b.outcome) : a.crowd === "USERS" ? -1 : 1));
  return (
    <g>
      {shown.map(({ crowd, outcome, perSecond }, at) => {
        const { Glyph, ink, words } = looks[outcome];
        const text = `${short(perSecond)}/s ${words[crowd]}`;
        const left = anchor === "start" ? x : x - (text.length * 6.6 + 20) / 2;
        return (
          <g key={`${crowd} ${outcome}`} style={{ color: ink }}>
            <Glyph x={left} y={y + at * line - 11} size={14} />
            <text className={styles.note} x={left + 18} y={y + at * line} fill="currentColor">
              {text}
            </text>
          </g>
        );
      })}
      {more ? (
        <text className={styles.caption} x={anchor === "start" ? x : x} y={y + shown.length * line} textAnchor={anchor}>
          {more}
        </text>
      ) : null}
    </g>
  );
}
