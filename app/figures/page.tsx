import type { Metadata } from "next";
import { figures } from "@/components/figure/registry";

export const metadata: Metadata = { title: "Figures", description: "The playing figures of the lessons, each on a stage of its own." };

export default async function FiguresPage() {
  const all = await Promise.all(Object.values(figures).map(async (load) => (await load()).default));
  return (
    <main id="main" className="mx-auto w-full max-w-[48rem] flex-1 px-4 py-8 phone:px-8">
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Figures</h1>
      <p className="mt-2 text-soft">Each plays what the engine does, step by step. Change a setting, and it takes another path.</p>
      <p className="mt-2">
        <a href="/architecture" className="link">
          The reference architecture under attack
        </a>{" "}
        <span className="text-soft">has a page of its own, with switches, time and a comparison.</span>
      </p>
      <ul className="mt-6 divide-y divide-rule">
        {all.map((figure) => (
          <li key={figure.id} className="py-3">
            <a href={`/figures/${figure.id}`} className="link font-serif text-lg">
              {figure.title}
            </a>
            <p className="mt-0.5 text-sm text-soft">{figure.summary}</p>
          </li>
        ))}
      </ul>
    </main>
  );
}
