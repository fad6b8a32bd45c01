"use client";
export function TestAs({ identity }: { identity?: string }) {
  return <p>{identity}</p>;
}
