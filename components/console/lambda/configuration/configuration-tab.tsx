"use client";
import type { ComponentType } from "react";
import Select from "@cloudscape-design/components/select";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { usePlace } from "../../frame/place";
import { functionPath } from "../place-of";
import { AsynchronousSection } from "./asynchronous-section";
import { ConcurrencySection } from "./concurrency-section";
import { EnvironmentSection } from "./environment-section";
import { GeneralSection } from "./general-section";
import { PermissionsSection } from "./permissions-section";
import type { SectionProps } from "./section";
import { TagsSection } from "./tags-section";

interface Section {
  id: string;
  text: string;
  Section: ComponentType<SectionProps>;
  /** Belongs to the function as a whole, and not to a version or alias. */
  whole?: true;
}

const SECTIONS: readonly Section[] = [
  { id: "general", text: "General configuration", Section: GeneralSection },
  { id: "permissions", text: "Permissions", Section: PermissionsSection },
  { id: "environment", text: "Environment variables", Section: EnvironmentSection },
  { id: "tags", text: "Tags", Section: TagsSection, whole: true },
  { id: "concurrency", text: "Concurrency and recursion detection", Section: ConcurrencySection, whole: true },
  { id: "asynchronous", text: "Asynchronous invocation", Section: AsynchronousSection },
];

/** The sections of a function's configuration, with their list at the left. */
export function ConfigurationTab({ section, ...props }: SectionProps & { section?: string }) {
  const { narrow, navigate, base } = usePlace();
  const sections = SECTIONS.filter(({ whole }) => !whole || props.subject.qualifier === undefined);
  const { id, text, Section } = sections.find((one) => one.id === section) ?? sections[0];
  const to = (wanted: string): string => functionPath(props.subject, "configuration", wanted);
  return (
    <div className="configuration" data-narrow={narrow || undefined}>
      {narrow ? (
        <Select
          ariaLabel="Configuration section"
          selectedOption={{ value: id, label: text }}
          options={sections.map((one) => ({ value: one.id, label: one.text }))}
          onChange={({ detail }) => navigate(to(detail.selectedOption.value!))}
          data-testid="configuration-section"
        />
      ) : (
        <div className="configuration-list">
          <SideNavigation
            activeHref={`${base}/${to(id)}`}
            items={sections.map((one) => ({ type: "link", text: one.text, href: `${base}/${to(one.id)}` }))}
            onFollow={(event) => {
              event.preventDefault();
              navigate(event.detail.href.slice(base.length + 1));
            }}
          />
        </div>
      )}
      <div className="configuration-section">
        <Section key={id} {...props} />
      </div>
    </div>
  );
}
