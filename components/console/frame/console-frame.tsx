"use client";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import Alert from "@cloudscape-design/components/alert";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Button from "@cloudscape-design/components/button";
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import SpaceBetween from "@cloudscape-design/components/space-between";
import "../console.css";
import { useConsoleAt } from "./console-link";
import { Flashes, FlashProvider } from "./flash";
import { useLabProblem } from "./lab";
import { PlaceContext, type Place } from "./place";
import { useArrival } from "./use-arrival";
import { useRoom } from "./use-room";

export interface Crumb {
  text: string;
  /** Relative to the console; the last crumb has none. */
  to?: string;
}

export interface ConsoleFrameProps {
  /** Name and address of the service: the first crumb and the head of the navigation. */
  service: string;
  base: string;
  home: string;
  navigate(path: string): void;
  /** `href`s are relative to the console; those that begin with a slash lead to another one. */
  navigation: SideNavigationProps.Item[];
  active: string;
  /** Services whose changes may change what this console shows. The list itself must not change. */
  watches: readonly string[];
  crumbs: Crumb[];
  children: ReactNode;
}

/**
 * The room that every service's console stands in: breadcrumbs, service navigation, results, content.
 * AppLayout is not used: it measures the window, and a console must also live in a lesson's pane of 560 px.
 */
export function ConsoleFrame(props: ConsoleFrameProps) {
  const root = useRef<HTMLDivElement>(null);
  const room = useRoom(root, 860);
  const { narrow, shown } = room ?? { narrow: false, shown: false };
  useCloudscapeMode();
  const { base, navigate, watches } = props;
  const place = useMemo<Place>(() => ({ base, narrow, shown, watches, navigate }), [base, narrow, shown, watches, navigate]);
  return (
    <div ref={root} className={`aws-console${narrow ? " awsui-compact-mode" : ""}`} data-testid="aws-console">
      {room && (
        <I18nProvider locale="en" messages={[messages]}>
          <PlaceContext value={place}>
            <FlashProvider of={base}>
              <Room {...props} narrow={narrow} />
            </FlashProvider>
          </PlaceContext>
        </I18nProvider>
      )}
    </div>
  );
}

function Room({ service, base, home, navigate, navigation, active, crumbs, children, narrow }: ConsoleFrameProps & { narrow: boolean }) {
  const [opened, setOpened] = useState<boolean>();
  const open = opened ?? !narrow;
  const address = (to: string) => `${base}/${to}`;
  const elsewhere = useConsoleAt();
  const follow = (event: { preventDefault(): void; detail: { href?: string; external?: boolean } }) => {
    const { href } = event.detail;
    if (!href?.startsWith("/console/")) return;
    event.preventDefault();
    if (narrow) setOpened(false);
    if (href.startsWith(`${base}/`)) navigate(href.slice(base.length + 1));
    else elsewhere(href);
  };
  const content = useRef<HTMLDivElement>(null);
  useArrival(base, crumbs.map(({ text }) => text).join("/"), content);
  const all: Crumb[] = [{ text: service, to: home }, ...crumbs];
  return (
    <>
      <div className="console-bar" data-narrow={narrow || undefined}>
        <Button
          variant="icon"
          iconName={open && narrow ? "close" : "menu"}
          ariaLabel={open ? "Close navigation" : "Open navigation"}
          ariaExpanded={open}
          onClick={() => setOpened(!open)}
          data-testid="console-navigation-toggle"
        />
        <BreadcrumbGroup
          ariaLabel="Breadcrumbs"
          items={all.map(({ text, to }, index) => ({ text, href: to && index < all.length - 1 ? address(to) : "#" }))}
          onFollow={follow}
        />
      </div>
      <div className="console-body" data-nav={open ? "open" : "closed"} data-narrow={narrow || undefined}>
        {open && (
          <div className="console-nav">
            <SideNavigation
              header={{ text: service, href: address(home) }}
              items={withBase(navigation, base)}
              activeHref={address(active)}
              onFollow={follow}
            />
          </div>
        )}
        <div className="console-main" ref={content} tabIndex={-1}>
          <SpaceBetween size="m">
            <Flashes />
            <LabProblem />
            {children}
          </SpaceBetween>
        </div>
      </div>
    </>
  );
}

/** The lab itself could not be opened: then nothing here can answer. */
function LabProblem() {
  const problem = useLabProblem();
  return problem ? (
    <Alert type="error" header="The lab could not be opened">
      {problem} Reload the page to try again.
    </Alert>
  ) : null;
}

function withBase(items: readonly SideNavigationProps.Item[], base: string): SideNavigationProps.Item[] {
  return items.map((item): SideNavigationProps.Item => {
    if (item.type === "link") return item.external || item.href.startsWith("/") ? item : { ...item, href: `${base}/${item.href}` };
    if (item.type === "section") return { ...item, items: withBase(item.items, base) };
    return item;
  });
}

/** Follows the page's `html.dark`. The class goes on body, where Cloudscape's own portals (wizards, modals, menus) land. */
function useCloudscapeMode(): void {
  useEffect(() => {
    const html = document.documentElement;
    const follow = () => document.body.classList.toggle("awsui-dark-mode", html.classList.contains("dark"));
    follow();
    const observer = new MutationObserver(follow);
    observer.observe(html, { attributes: true, attributeFilter: ["class"] });
    return () => observer.disconnect();
  }, []);
}
