import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { blocksFor } from "@/components/lesson-blocks";
import { LessonFrame } from "@/components/lesson/lesson-frame";
import { LessonHead, LessonFoot } from "@/components/lesson/lesson-head";
import { lessonBySlug, lessons } from "@/lib/lessons/lessons";

interface Params {
  params: Promise<{ slug: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () => lessons.map(({ slug }) => ({ slug }));

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lesson = lessonBySlug((await params).slug);
  return lesson ? { title: lesson.title, description: lesson.summary } : {};
}

export default async function LessonPage({ params }: Params) {
  const lesson = lessonBySlug((await params).slug);
  if (!lesson) notFound();
  const { default: Content } = await import(`@/content/lessons/${lesson.dir}/index.mdx`);
  return (
    <LessonFrame>
      <article className="lesson">
        <LessonHead lesson={lesson} />
        <div className="notes mt-8">
          <Content components={blocksFor(lesson)} />
        </div>
        <LessonFoot lesson={lesson} />
      </article>
    </LessonFrame>
  );
}
