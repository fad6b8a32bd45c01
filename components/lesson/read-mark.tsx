"use client";

import { useEffect, useRef } from "react";
import { markRead } from "@/lib/store/progress";

/** Stands at the end of the text: when it comes into view, the lesson has been read. */
export function ReadMark({ lesson }: { lesson: string }) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) markRead(lesson);
    });
    observer.observe(ref.current!);
    return () => observer.disconnect();
  }, [lesson]);
  return <span ref={ref} />;
}
