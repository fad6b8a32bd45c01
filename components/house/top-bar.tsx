import Link from "next/link";
import { KeyholeMark } from "../ui/glyphs";
import { Consoles } from "./consoles";
import { Help } from "./help";
import { IdentityMenu, RegionMenu } from "./identity-menus";
import { ThemeMenu } from "./theme-menu";

/** On every page: the way home, the course, the consoles; who one is in the lab, and where. */
export function TopBar() {
  return (
    <header className="sticky top-0 z-30 border-b border-rule bg-paper">
      <div className="flex h-[calc(var(--bar)-1px)] items-center gap-1 px-3 max-[375px]:px-2 phone:px-4">
        <Link href="/" className="mr-1 flex items-center gap-2 rounded-md py-1 pr-2 max-[375px]:mr-0 max-[375px]:pr-1 phone:mr-3" aria-label="Keyhole, home">
          <KeyholeMark size={24} />
          <span className="hidden font-serif text-[1.1875rem] font-semibold tracking-[-0.015em] phone:inline">Keyhole</span>
        </Link>
        <nav aria-label="Main" className="flex items-center">
          <Link href="/#course" className="rounded-md px-2.5 py-1.5 max-[375px]:px-1.5 text-[0.8125rem] font-medium text-soft hover:bg-sunk hover:text-ink">
            Course
          </Link>
          <Consoles />
        </nav>
        <div className="ml-auto flex items-center gap-0.5">
          <RegionMenu />
          <IdentityMenu />
          <ThemeMenu />
          <Help />
        </div>
      </div>
    </header>
  );
}
