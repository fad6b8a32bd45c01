"use client";
import { StartPage } from "./start-page";
import { StreamPage } from "./stream-page";
import "./traffic.css";

/** `traffic[/<stream>]`: traffic to begin, or a stream that was begun. */
export function TrafficPage({ stream }: { stream: string | undefined }) {
  return stream === undefined ? <StartPage /> : <StreamPage key={stream} id={stream} />;
}
