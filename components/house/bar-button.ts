/** How a button of the top bar looks: words on wide screens, its sign alone on narrow ones. */
export const barButton =
  "flex h-9 items-center gap-1.5 rounded-md px-2 max-[375px]:px-1.5 text-[0.8125rem] font-medium text-soft hover:bg-sunk hover:text-ink aria-expanded:bg-sunk aria-expanded:text-ink";
export const menuRow =
  "flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-[0.8125rem] hover:bg-sunk aria-checked:bg-brass-tint";
