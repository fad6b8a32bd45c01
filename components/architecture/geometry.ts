import type { PartName } from "@/lib/engine/architecture/names";
import type { Flow, Place } from "./flows";

/** Where everything stands, in units of the drawing: a wide one for desks and walls, a narrow one for hands. */

export type Point = readonly [x: number, y: number];
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Layout {
  name: "wide" | "narrow";
  width: number;
  height: number;
  places: Record<Exclude<Place, "LOAD_BALANCER" | "INSTANCES">, Point>;
  vpc: Box;
  /** Of both zones: the zone, its subnets, and where the load balancer and the instances stand in it. */
  zones: readonly { zone: Box; open: Box; closed: Box; balancer: Point; instances: Point }[];
  /** The load balancer where it stands in both. */
  between: Point;
  /** What ends at a part is written from here downwards. */
  notes: Record<PartName, Point>;
  anchors: Record<PartName, "start" | "middle">;
  /** The way around CloudFront. */
  around(to: Point): string;
  text: number;
}

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });

export const wide: Layout = {
  name: "wide", width: 1000, height: 500, text: 13,
  places: { USERS: [70, 100], ATTACKERS: [70, 350], ROUTE_53: [222, 178], CLOUDFRONT: [378, 178], WAF: [378, 372] },
  vpc: box(488, 24, 500, 464),
  zones: [
    { zone: box(500, 54, 476, 166), open: box(512, 64, 190, 146), closed: box(722, 64, 244, 146), balancer: [607, 132], instances: [844, 132] },
    { zone: box(500, 230, 476, 166), open: box(512, 240, 190, 146), closed: box(722, 240, 244, 146), balancer: [607, 308], instances: [844, 308] },
  ],
  between: [607, 220],
  notes: { ROUTE_53: [222, 252], CLOUDFRONT: [378, 252], WAF: [378, 446], LOAD_BALANCER: [607, 420], INSTANCES: [844, 420] },
  anchors: { ROUTE_53: "middle", CLOUDFRONT: "middle", WAF: "middle", LOAD_BALANCER: "middle", INSTANCES: "middle" },
  around: ([x, y]) => `M100 366 C 260 500, 470 492, ${x - 30} ${y + 12}`,
};

export const narrow: Layout = {
  name: "narrow", width: 400, height: 850, text: 14.5,
  places: { USERS: [90, 44], ATTACKERS: [310, 44], ROUTE_53: [120, 176], CLOUDFRONT: [120, 306], WAF: [306, 306] },
  vpc: box(6, 414, 388, 428),
  zones: [
    { zone: box(14, 444, 182, 318), open: box(22, 470, 166, 132), closed: box(22, 614, 166, 140), balancer: [105, 530], instances: [105, 680] },
    { zone: box(204, 444, 182, 318), open: box(212, 470, 166, 132), closed: box(212, 614, 166, 140), balancer: [295, 530], instances: [295, 680] },
  ],
  between: [200, 530],
  notes: { ROUTE_53: [164, 170], CLOUDFRONT: [14, 380], WAF: [306, 380], LOAD_BALANCER: [14, 786], INSTANCES: [204, 786] },
  anchors: { ROUTE_53: "start", CLOUDFRONT: "start", WAF: "middle", LOAD_BALANCER: "start", INSTANCES: "start" },
  around: ([x, y]) => `M334 76 C 400 200, 400 400, ${x + 28} ${y - 24}`,
};

/** Which zones are there, and where the load balancer stands in them. */
export function standing(layout: Layout, { second, lost }: { second: boolean; lost: boolean }): { alive: number[]; balancer: Point } {
  const alive = [0, 1].filter((zone) => (zone === 0 ? !lost : second));
  const both = alive.length === 2;
  return { alive, balancer: both ? layout.between : layout.zones[alive[0] ?? 0].balancer };
}

const half = 27;

/** The line of a flow between two points; crowds keep beside each other. */
export function lineOf(layout: Layout, from: Point, to: Point, crowd: Flow["crowd"]): string {
  const aside = crowd === "USERS" ? -6 : 6;
  if (layout.name === "wide") {
    const [x1, y1, x2, y2] = [from[0] + half, from[1] + aside, to[0] - half, to[1] + aside];
    const bend = Math.max(20, (x2 - x1) / 2);
    return `M${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
  }
  const [x1, y1, x2, y2] = [from[0] + aside, from[1] + half, to[0] + aside, to[1] - half];
  const bend = Math.max(14, (y2 - y1) / 2);
  return `M${x1} ${y1} C ${x1} ${y1 + bend}, ${x2} ${y2 - bend}, ${x2} ${y2}`;
}

/** Where a flow's number stands. */
export function labelOf(layout: Layout, from: Point, to: Point, crowd: Flow["crowd"]): { at: Point; anchor: "start" | "middle" | "end" } {
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  if (layout.name === "wide") return { at: [middle[0], middle[1] + (crowd === "USERS" ? -16 : 28)], anchor: "middle" };
  return crowd === "USERS" ? { at: [middle[0] - 16, middle[1] + 5], anchor: "end" } : { at: [middle[0] + 16, middle[1] + 5], anchor: "start" };
}
