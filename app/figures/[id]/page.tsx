import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { drawn } from "@/components/figure/in-text";
import { playFigure } from "@/components/figure/play";
import { Player } from "@/components/figure/player";
import { figures } from "@/components/figure/registry";

interface Params {
  params: Promise<{ id: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () => Object.keys(figures).map((id) => ({ id }));

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { id } = await params;
  const figure = (await figures[id]?.())?.default;
  return { title: figure?.title, description: figure?.summary };
}

/** A figure on its full stage, for a reader or a room. */
export default async function FigurePage({ params }: Params) {
  const { id } = await params;
  if (!figures[id]) notFound();
  const { default: figure } = await figures[id]();
  return (
    <main id="main" className="mx-auto w-full max-w-[72rem] flex-1 px-4 py-6 phone:px-8">
      <h1 className="mb-2 font-serif text-3xl font-semibold tracking-tight">{figure.title}</h1>
      <Player figure={drawn(figure)} first={await playFigure(figure, {})} place="page" />
    </main>
  );
}
