import Link from "next/link";

export function TopBar() {
  return (
    <header className="sticky top-0 z-30 flex h-[var(--bar)] items-center gap-4 border-b border-rule bg-paper px-4">
      <Link href="/" className="font-serif text-lg font-semibold">
        Keyhole
      </Link>
    </header>
  );
}
