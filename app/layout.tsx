import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Footer } from "@/components/house/footer";
import { themeScript } from "@/components/house/theme-script";
import { TopBar } from "@/components/house/top-bar";
import { WhyHost } from "@/components/why/why-host";
import { mono, sans, serif } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Keyhole: a learning lab for AWS encryption", template: "%s · Keyhole" },
  description: "Lessons on AWS security and encryption beside a simulated cloud that answers as AWS does, and says why.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f2e9" },
    { media: "(prefers-color-scheme: dark)", color: "#0c111b" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${serif.variable} ${sans.variable} ${mono.variable}`} suppressHydrationWarning>
      <body suppressHydrationWarning>
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
        <div data-house className="flex min-h-dvh flex-col">
          <a href="#main" className="button absolute left-2 top-2 z-50 -translate-y-20 focus:translate-y-0">
            Skip to the content
          </a>
          <TopBar />
          {children}
          <Footer />
          <WhyHost />
        </div>
      </body>
    </html>
  );
}
