import { createStore } from "zustand/vanilla";

export type Theme = "light" | "dark" | "system";

const key = "keyhole.theme";

/** The choice, not what it comes to: `system` follows the machine. `components/house/theme-script` does the same before first paint. */
export const themeStore = createStore<{ theme: Theme }>(() => ({ theme: "system" }));

const dark = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  const { theme } = themeStore.getState();
  const isDark = theme === "dark" || (theme === "system" && dark().matches);
  document.documentElement.classList.toggle("dark", isDark);
  document.body.classList.toggle("awsui-dark-mode", isDark);
}

/** Reads the kept choice and follows the machine and the other tabs from then on. Returns the way to stop. */
export function startTheme(): () => void {
  const read = () => {
    let kept: string | null = null;
    try {
      kept = localStorage.getItem(key);
    } catch {
      // Nothing can be kept here.
    }
    themeStore.setState({ theme: kept === "light" || kept === "dark" ? kept : "system" });
    apply();
  };
  const onStorage = (event: StorageEvent) => event.key === key && read();
  const query = dark();
  read();
  query.addEventListener("change", apply);
  addEventListener("storage", onStorage);
  return () => {
    query.removeEventListener("change", apply);
    removeEventListener("storage", onStorage);
  };
}

export function setTheme(theme: Theme): void {
  themeStore.setState({ theme });
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // It holds until the page is left.
  }
  apply();
}
