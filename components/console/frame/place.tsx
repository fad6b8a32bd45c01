"use client";
import { createContext, useContext, type ReactNode } from "react";
import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import Link, { type LinkProps } from "@cloudscape-design/components/link";

/** Where a console stands and how it goes elsewhere: in its own page or inside a lesson's pane. */
export interface Place {
  /** Address of the console's own page, for links that are opened apart: `/console/kms`. */
  base: string;
  narrow: boolean;
  /** False while the console is behind another tab: then it asks the lab nothing. */
  shown: boolean;
  /** Services whose changes may change what this console shows. */
  watches: readonly string[];
  /** `path` is relative to the console, its parts encoded: `keys/create`. */
  navigate(path: string): void;
}

export const PlaceContext = createContext<Place>({ base: "", narrow: false, shown: true, watches: [], navigate: () => undefined });
export const usePlace = (): Place => useContext(PlaceContext);

/** Parts of an address, encoded: names of parameters have slashes. */
export const pathTo = (...parts: string[]): string => parts.map(encodeURIComponent).join("/");

/** Parts as they were, whether or not the router has decoded them. */
export const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** A link inside this console. A plain click stays in the pane; others open the console's own page. */
export function GoLink({ to, children, ...rest }: { to: string; children: ReactNode } & Omit<LinkProps, "href" | "onFollow">) {
  const { base, navigate } = usePlace();
  return (
    <Link
      {...rest}
      href={`${base}/${to}`}
      onFollow={(event) => {
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </Link>
  );
}

export function GoButton({
  to,
  children,
  ...rest
}: { to: string; children: ReactNode } & Omit<ButtonProps, "href" | "onClick" | "onFollow">) {
  const { base, navigate } = usePlace();
  return (
    <Button
      {...rest}
      href={`${base}/${to}`}
      onFollow={(event) => {
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </Button>
  );
}
