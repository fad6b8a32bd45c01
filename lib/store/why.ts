/**
 * What the Why? panel shows is part of the address, so that it can be shared, reloaded and left by Back: `?why=<seq>` for an
 * entry of the journal, `?why=<seq>.<n>` for the nth call, from 1, that a function's code made in it.
 */

/** Opens Why? for an entry of the journal, or for a call that a function made in it. */
export function openWhy(seq: number, made?: number): void {
  const url = new URL(location.href);
  const before = url.searchParams.get("why");
  const wanted = made === undefined ? String(seq) : `${seq}.${made}`;
  if (before === wanted) return;
  url.searchParams.set("why", wanted);
  // From one entry to the next is one place in the history, so that Back leaves the panel.
  if (before === null) history.pushState({ why: true }, "", url);
  else replaceAddress(url);
}

/** Leaves Why?. Where opening it made a place in the history, that place goes too. */
export function closeWhy(): void {
  if ((history.state as { why?: boolean } | null)?.why) return history.back();
  const url = new URL(location.href);
  url.searchParams.delete("why");
  replaceAddress(url);
}

/** Changes the address in place. Next keeps its own things in the state and adds them itself: handed back, they would tell it to look away. */
export function replaceAddress(url: URL): void {
  history.replaceState({ why: (history.state as { why?: boolean } | null)?.why }, "", url);
}
