/**
 * Writes cloudscape-theme.css: the house's colours (app/tokens.css) put onto Cloudscape's design tokens.
 *
 * Made by Cloudscape's own theming API, but beforehand and not in the page: the API carries all presets with it
 * (750 kB), and what it writes depends on nothing but the pinned version. Run it after an upgrade:
 * `npx tsx components/console/theme/generate.mjs`. A test compares the file with what this would write.
 */
import { writeFileSync } from "node:fs";
import { generateThemeStylesheet } from "@cloudscape-design/components/theming";

/** AWS's link blue, a shade darker in the light: the house's paper is darker than the AWS console's white. */
const blue = { light: "#0059bd", dark: "#75cfff" };

/** Surfaces and text are the house's, and so is what can be pressed next. Links and states stay as in AWS. */
const tokens = {
  colorTextAccent: blue,
  colorTextLinkDefault: blue,
  colorTextInteractiveDefault: { light: "var(--ink-soft)", dark: "var(--ink-soft)" },
  colorTextButtonNormalDefault: blue,
  colorBorderButtonNormalDefault: blue,
  colorTextLinkButtonNormalDefault: blue,
  colorTextButtonLinkDefault: blue,
  colorBackgroundControlChecked: { light: "#0059bd", dark: "#42b4ff" },
  fontFamilyBase: '"Open Sans", "Helvetica Neue", Roboto, Arial, sans-serif',
  fontFamilyMonospace: "var(--font-mono, monospace)",
  colorBackgroundLayoutMain: "var(--paper)",
  colorBackgroundContainerHeader: "var(--paper-raised)",
  colorBackgroundContainerContent: "var(--paper-raised)",
  colorBackgroundInputDefault: "var(--paper-raised)",
  colorBackgroundControlDefault: "var(--paper-raised)",
  colorBackgroundDropdownItemDefault: "var(--paper-raised)",
  colorBackgroundPopover: "var(--paper-raised)",
  colorBackgroundButtonNormalDefault: "var(--paper-raised)",
  colorBackgroundCellShaded: "var(--paper)",
  colorBackgroundInputDisabled: "var(--paper-sunk)",
  colorBorderDividerDefault: "var(--rule)",
  colorBorderDividerSecondary: "var(--rule)",
  colorBorderLayout: "var(--rule)",
  colorBorderInputDefault: "var(--rule-strong)",
  colorBorderControlDefault: "var(--rule-strong)",
  colorTextBodyDefault: "var(--ink)",
  colorTextHeadingDefault: "var(--ink)",
  colorTextFormDefault: "var(--ink)",
  colorTextFormLabel: "var(--ink)",
  colorTextLabel: "var(--ink)",
  colorTextBodySecondary: "var(--ink-soft)",
  colorTextHeadingSecondary: "var(--ink-soft)",
  colorTextFormSecondary: "var(--ink-soft)",
  colorBackgroundButtonPrimaryDefault: "var(--brass-fill)",
  colorBackgroundButtonPrimaryHover: "var(--brass-fill-hover)",
  colorBackgroundButtonPrimaryActive: "var(--brass-fill-hover)",
  colorBorderButtonPrimaryDefault: "var(--brass-fill)",
  colorBorderButtonPrimaryHover: "var(--brass-fill-hover)",
  colorBorderButtonPrimaryActive: "var(--brass-fill-hover)",
  colorTextButtonPrimaryDefault: "var(--on-brass)",
  colorTextButtonPrimaryHover: "var(--on-brass)",
  colorTextButtonPrimaryActive: "var(--on-brass)",
};

export const stylesheet = () =>
  `/* Made by generate.mjs from app/tokens.css's names and Cloudscape's theming API. Do not edit. */\n${generateThemeStylesheet({ theme: { tokens } })}\n`;

if (process.argv[1] === new URL(import.meta.url).pathname) writeFileSync(new URL("./cloudscape-theme.css", import.meta.url), stylesheet());
