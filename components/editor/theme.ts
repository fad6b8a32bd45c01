import type { Monaco } from "./load-monaco";

/** Any CSS colour as `#rrggbb`: Monaco takes nothing else, and the tokens may be in oklch. */
function hex(color: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return "#808080";
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** The house's tokens as they are now on the page. */
function readTokens() {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => hex(style.getPropertyValue(`--${name}`).trim());
  const light = style.getPropertyValue("--key-ink-l").trim() || "0.5";
  // Of one lightness, the one that the keys' text has: readable on both grounds.
  const hue = (degrees: number, chroma = 0.08) => hex(`oklch(${light} ${chroma} ${degrees})`);
  return { token, hue };
}

/** Defines the theme from the tokens and applies it. Quiet colours: what matters in an editor is what is underlined. */
function applyTheme(monaco: Monaco): void {
  const { token, hue } = readTokens();
  const dark = document.documentElement.classList.contains("dark");
  const plain = (color: string) => color.slice(1);
  const ground = token("paper-raised");
  monaco.editor.defineTheme("keyhole", {
    base: dark ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      { token: "", foreground: plain(token("ink")) },
      { token: "string.key.json", foreground: plain(token("ink")), fontStyle: "bold" },
      { token: "string", foreground: plain(hue(255)) },
      // The base theme names these two, and the longer name wins.
      { token: "string.value.json", foreground: plain(hue(255)) },
      { token: "keyword.json", foreground: plain(hue(310)) },
      { token: "number", foreground: plain(hue(200)) },
      { token: "keyword", foreground: plain(hue(310)) },
      { token: "type", foreground: plain(hue(200)) },
      { token: "comment", foreground: plain(token("ink-faint")), fontStyle: "italic" },
      { token: "delimiter", foreground: plain(token("ink-soft")) },
    ],
    colors: {
      "editor.background": ground,
      "editor.foreground": token("ink"),
      "editorLineNumber.foreground": token("ink-faint"),
      "editorLineNumber.activeForeground": token("ink"),
      "editorCursor.foreground": token("brass"),
      "editor.selectionBackground": token("brass-tint"),
      "editor.inactiveSelectionBackground": token("paper-sunk"),
      "editor.lineHighlightBackground": ground,
      "editor.lineHighlightBorder": token("rule"),
      "editorBracketMatch.background": token("brass-tint"),
      "editorBracketMatch.border": token("brass-mark"),
      "editorIndentGuide.background1": token("rule"),
      "editorIndentGuide.activeBackground1": token("rule-strong"),
      "editorBracketHighlight.foreground1": token("ink-soft"),
      "editorBracketHighlight.foreground2": token("ink-soft"),
      "editorBracketHighlight.foreground3": token("ink-soft"),
      "editorError.foreground": token("deny"),
      "editorWarning.foreground": token("implicit"),
      "editorInfo.foreground": hue(255),
      "editorWidget.background": ground,
      "editorWidget.border": token("rule-strong"),
      "editorHoverWidget.background": ground,
      "editorHoverWidget.border": token("rule-strong"),
      "editorSuggestWidget.background": ground,
      "editorSuggestWidget.border": token("rule-strong"),
      "editorSuggestWidget.foreground": token("ink"),
      "editorSuggestWidget.selectedBackground": token("rule"),
      "editorSuggestWidget.selectedForeground": token("ink"),
      "editorSuggestWidget.highlightForeground": token("brass"),
      "editorSuggestWidget.focusHighlightForeground": token("brass"),
      "list.hoverBackground": token("paper-sunk"),
      focusBorder: token("brass-mark"),
      "widget.shadow": dark ? "#00000080" : "#151d2b24",
      "scrollbarSlider.background": `${token("rule-strong")}66`,
      "scrollbarSlider.hoverBackground": `${token("rule-strong")}99`,
      "scrollbarSlider.activeBackground": `${token("rule-strong")}cc`,
      "editorOverviewRuler.border": token("rule"),
    },
  });
  monaco.editor.setTheme("keyhole");
}

/** The editor looks as the page looks, and goes with it from light to dark. */
export function followTheme(monaco: Monaco): void {
  applyTheme(monaco);
  new MutationObserver(() => applyTheme(monaco)).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
}
