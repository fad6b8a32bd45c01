import type { RunOutput, RunOutputStep } from "@/lib/engine/architecture/output";
import { clock, milliseconds, percent, usd } from "@/lib/engine/architecture/words";
import styles from "./architecture.module.css";

interface Series {
  title: string;
  of(step: RunOutputStep): number | undefined;
  also?(step: RunOutputStep): number | undefined;
  /** The least that the axis reaches up to. */
  top: number;
  /** Never higher: what is above stands at the top. */
  most?: number;
  told(step: RunOutputStep): string;
  whole: (values: number[]) => string;
}

const success = ({ Users }: RunOutputStep): number => (Users.Sent ? Users.Answered / Users.Sent : 1);
const most = (values: number[]): number => Math.max(0, ...values);

const series: Series[] = [
  { title: "Users answered", of: success, top: 1, most: 1, told: (step) => percent(success(step)), whole: (values) => `at least ${percent(Math.min(1, ...values))}` },
  { title: "Latency", of: ({ P95Ms }) => P95Ms, also: ({ P50Ms }) => P50Ms, top: 300, most: 6_000, told: ({ P50Ms, P95Ms }) => (P95Ms === undefined ? "nobody answered" : `${milliseconds(P50Ms)}, 95%: ${milliseconds(P95Ms)}`), whole: (values) => `95% within up to ${milliseconds(most(values))}` },
  { title: "Instances", of: ({ Instances }) => Instances, also: ({ Instances, Launching }) => Instances + Launching, top: 4, told: ({ Instances, Launching }) => `${Instances}${Launching ? `, ${Launching} on the way` : ""}`, whole: (values) => `up to ${most(values)}` },
  { title: "Cost so far", of: ({ Usd }) => Usd, also: ({ Usd, AttackUsd }) => Usd - AttackUsd, top: 0.05, told: ({ Usd, AttackUsd }) => `${usd(Usd)}${AttackUsd >= 0.0005 ? `, the attack’s ${usd(AttackUsd)}` : ""}`, whole: (values) => `${usd(most(values))} in all` },
];

const [width, height] = [240, 60];

/** Four small graphs along the run; the attack's time is shaded, the line stands where the drawing is. */
export function Graphs({ output, at, onGo }: { output: RunOutput; at: number; onGo(step: number): void }) {
  const { Timeline, Seconds, AttackFrom, AttackUntil, Attack } = output;
  const x = (sec: number): number => (sec / Seconds) * width;
  return (
    <div className="grid gap-x-6 gap-y-4 min-[520px]:grid-cols-2 min-[1000px]:grid-cols-4">
      {series.map(({ title, of, also, top, most: cap, told, whole }) => {
        const values = Timeline.flatMap((step) => of(step) ?? []);
        const high = Math.min(cap ?? Infinity, Math.max(top, ...values, ...(also ? Timeline.flatMap((step) => also(step) ?? []) : [])));
        const line = (value: Series["of"]): string => {
          let pen = "M";
          return Timeline.map((step, place) => {
            const y = value(step);
            if (y === undefined) {
              pen = "M";
              return "";
            }
            const end = Math.min(Seconds, (place + 1) * output.StepSeconds);
            const text = `${pen}${x((step.At + end) / 2).toFixed(1)} ${(height - (Math.min(high, y) / high) * height).toFixed(1)}`;
            pen = "L";
            return text;
          }).join("");
        };
        return (
          <figure key={title} className="min-w-0">
            <figcaption className="flex flex-wrap items-baseline justify-between gap-x-2 text-xs">
              <span className="font-semibold text-soft">{title}</span>
              <span className="text-ink [font-variant-numeric:tabular-nums]">{told(Timeline[at])}</span>
            </figcaption>
            <svg
              className={styles.graph}
              viewBox={`0 0 ${width} ${height}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${title} along the run: ${whole(values)}.`}
              onPointerDown={(event) => {
                const { left, width: wide } = event.currentTarget.getBoundingClientRect();
                onGo(Math.max(0, Math.min(Timeline.length - 1, Math.floor(((event.clientX - left) / wide) * Timeline.length))));
              }}
            >
              {Attack === "NONE" ? null : <rect className={styles.attack} x={x(AttackFrom)} y={0} width={x(AttackUntil - AttackFrom)} height={height} />}
              <line className={styles.base} x1={0} x2={width} y1={height} y2={height} />
              {also ? <path className={`${styles.line} ${styles.second}`} d={line(also)} /> : null}
              <path className={styles.line} d={line(of)} />
              <line className={styles.head} x1={x(Timeline[at].At + output.StepSeconds / 2)} x2={x(Timeline[at].At + output.StepSeconds / 2)} y1={0} y2={height} />
            </svg>
            <p className="flex justify-between text-[0.6875rem] text-faint">
              <span>0:00</span>
              <span>{Attack === "NONE" ? "" : `attack ${clock(AttackFrom)}–${clock(AttackUntil)}`}</span>
              <span>{clock(Seconds)}</span>
            </p>
          </figure>
        );
      })}
    </div>
  );
}
