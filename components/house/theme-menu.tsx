"use client";

import { useEffect } from "react";
import { useStore } from "zustand";
import { type Theme, setTheme, startTheme, themeStore } from "@/lib/store/theme";
import { MoonGlyph, SunGlyph, SystemGlyph } from "../ui/glyphs";
import { Menu } from "../ui/menu";
import { barButton, menuRow } from "./bar-button";

const themes: { theme: Theme; name: string; Glyph: typeof SunGlyph }[] = [
  { theme: "light", name: "Light", Glyph: SunGlyph },
  { theme: "dark", name: "Dark", Glyph: MoonGlyph },
  { theme: "system", name: "As the system", Glyph: SystemGlyph },
];

export function ThemeMenu() {
  const { theme } = useStore(themeStore);
  useEffect(() => startTheme(), []);
  const { Glyph, name } = themes.find((each) => each.theme === theme)!;
  return (
    <Menu label={`Appearance: ${name}`} className={barButton} button={<Glyph size={18} />}>
      {(close) => (
        <div role="radiogroup" aria-label="Appearance" className="w-44 p-1.5">
          {themes.map((each) => (
            <button
              key={each.theme}
              type="button"
              role="radio"
              aria-checked={each.theme === theme}
              className={menuRow}
              onClick={() => {
                setTheme(each.theme);
                close();
              }}
            >
              <each.Glyph size={18} className="text-soft" />
              {each.name}
            </button>
          ))}
        </div>
      )}
    </Menu>
  );
}
