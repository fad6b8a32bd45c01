"use client";
import { useRouter } from "next/navigation";
import { useContext, type ReactNode } from "react";
import Link, { type LinkProps } from "@cloudscape-design/components/link";
import { openConsoleAt } from "@/lib/store/pane";
import { PlaceContext } from "./place";

/** Goes to a place in another console: in the lesson's pane where this console stands in one, else by its address. */
export function useConsoleAt(): (address: string) => void {
  const router = useRouter();
  const { base } = useContext(PlaceContext);
  return (address) => (location.pathname.startsWith(base) ? router.push(address) : openConsoleAt(address));
}

/** A link into another console, `/console/iam/roles/details/app`. The lab is the same, and so is the pane. */
export function ConsoleLink({ to, children, ...rest }: { to: string; children: ReactNode } & Omit<LinkProps, "href" | "onFollow">) {
  const go = useConsoleAt();
  return (
    <Link
      {...rest}
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Link>
  );
}
