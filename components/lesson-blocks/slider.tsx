import { useId } from "react";

interface SliderProps {
  label: string;
  value: number;
  min?: number;
  max: number;
  scale?: "log";
  onChange(value: number): void;
}

/** A slider with its number beside it; both change the same value. A logarithmic one has 400 places, and begins at 1. */
export function Slider({ label, value, min = 1, max, scale, onChange }: SliderProps) {
  const id = useId();
  const place = scale === "log" ? Math.round((Math.log10(Math.max(1, value)) / Math.log10(max)) * 400) : value;
  const from = (at: number): number => (scale === "log" ? Number((max ** (at / 400)).toPrecision(2)) : at);
  return (
    <div>
      <label htmlFor={id} className="flex items-center justify-between gap-2">
        {label}
        <input
          type="number" min={min} max={max} value={value} aria-label={`${label}, as a number`} className="field min-h-7 w-32 px-2 py-0.5 text-right"
          onChange={(event) => onChange(Math.min(max, Math.max(min, Math.round(Number(event.target.value) || min))))}
        />
      </label>
      <input id={id} type="range" min={scale === "log" ? 0 : min} max={scale === "log" ? 400 : max} value={place} aria-valuetext={value.toLocaleString("en")} className="w-full" onChange={(event) => onChange(Math.max(min, Math.round(from(Number(event.target.value)))))} />
    </div>
  );
}
