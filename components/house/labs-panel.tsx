"use client";

import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { changeLab, deleteLab, exportLab, importLab, labsAside, renameLab, say } from "@/lib/store/lab-store";
import { closePanel } from "@/lib/store/panels";
import { useLab } from "@/lib/store/react";
import { Dialog } from "../ui/dialog";

type Aside = Awaited<ReturnType<typeof labsAside>>[number];

/** The labs of this browser: the present one as a file, one from a file, a fresh one, and those that are kept aside. */
export function LabsPanel() {
  const [aside, setAside] = useState<Aside[]>();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const journal = useLab((state) => state.journal);
  const file = useRef<HTMLInputElement>(null);
  const list = () => void labsAside().then((found) => setAside(found.toReversed()), () => setAside([]));
  useEffect(list, [journal.length === 0]);

  async function run(words: string, work: () => Promise<string | undefined>) {
    setBusy(words);
    setProblem(undefined);
    try {
      setProblem(await work());
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure));
    }
    setBusy(undefined);
    list();
  }

  const save = () =>
    run("Writing the file…", async () => {
      const { name, text } = await exportLab();
      const url = URL.createObjectURL(new Blob(text, { type: "application/json" }));
      const link = Object.assign(document.createElement("a"), { href: url, download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      say(`Saved the lab as ${name}.`);
      return undefined;
    });

  const open = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    event.target.value = "";
    if (!chosen) return;
    void run(`Opening ${chosen.name}…`, async () => {
      const refused = await importLab(await chosen.text());
      if (!refused) say(`Opened the lab in ${chosen.name}. The one before it is kept aside.`);
      return refused && `${refused} Your lab is as it was.`;
    });
  };

  const change = (id: string | undefined, words: string) =>
    run("Opening…", async () => {
      await changeLab(id);
      say(words);
      return undefined;
    });

  return (
    <Dialog open onClose={closePanel} title="Labs">
      <div className="space-y-6 px-5 py-4 text-[0.875rem]" data-testid="labs-panel" aria-busy={!!busy}>
        <section aria-label="This lab" className="space-y-3">
          <p className="text-soft">
            This lab is kept in this browser, with its clock and its journal. As a file you can keep it, move it to another browser, or give
            it to somebody: whoever has the file has the lab’s keys too.
          </p>
          <div className="flex flex-wrap gap-2">
            <button type="button" className="button" disabled={!!busy} onClick={() => void save()}>
              Save as a file
            </button>
            <button type="button" className="button" disabled={!!busy} onClick={() => file.current?.click()}>
              Open a file…
            </button>
            <button type="button" className="button" disabled={!!busy} onClick={() => void change(undefined, "This is a fresh lab. The one before it is kept aside.")}>
              Start a fresh lab
            </button>
            <input ref={file} type="file" accept=".json,application/json" aria-label="A lab’s file" className="sr-only" tabIndex={-1} onChange={open} />
          </div>
          <p role="status" className={busy ? "text-[0.8125rem] text-soft" : "sr-only"}>
            {busy}
          </p>
          {problem ? (
            <p role="alert" className="text-deny" data-testid="labs-problem">
              {problem}
            </p>
          ) : null}
        </section>
        <section aria-label="Labs kept aside" className="border-t border-rule pt-4">
          <h3 className="overline mb-2">Kept aside</h3>
          {!aside ? (
            <p className="text-faint">Looking…</p>
          ) : aside.length ? (
            <ul className="divide-y divide-rule border-y border-rule">
              {aside.map((lab) => (
                <AsideRow
                  key={lab.id}
                  lab={lab}
                  busy={!!busy}
                  onOpen={() => void change(lab.id, `Opened “${lab.name}”. The one before it is kept aside.`)}
                  onDelete={() =>
                    void run("Deleting…", async () => {
                      await deleteLab(lab.id);
                      say(`Deleted “${lab.name}”.`);
                      return undefined;
                    })
                  }
                  onRename={(name) => void renameLab(lab.id, name).then(list)}
                />
              ))}
            </ul>
          ) : (
            <p className="text-soft">None. When you open another lab, the one before it is kept here.</p>
          )}
        </section>
      </div>
    </Dialog>
  );
}

function AsideRow({ lab, busy, onOpen, onDelete, onRename }: { lab: Aside; busy: boolean; onOpen(): void; onDelete(): void; onRename(name: string): void }) {
  const [sure, setSure] = useState(false);
  const [name, setName] = useState(lab.name);
  useEffect(() => setName(lab.name), [lab.name]);
  const keep = () => (name.trim() && name.trim() !== lab.name ? onRename(name.trim()) : setName(lab.name));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2">
      <div className="min-w-48 flex-1">
        <input
          value={name}
          maxLength={80}
          aria-label={`Name of ${lab.name}`}
          onChange={(event) => setName(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === "Enter" && keep()}
          className="w-full rounded-sm border border-transparent bg-transparent px-1 py-0.5 font-medium hover:border-rule focus:border-rule-strong focus:bg-raised"
        />
        <p className="px-1 text-[0.8125rem] text-faint">
          {new Date(lab.at).toLocaleString("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" })}: {lab.why}
        </p>
      </div>
      {sure ? (
        <>
          <button type="button" className="button min-h-8 border-deny px-3 py-0.5 text-deny" disabled={busy} onClick={onDelete}>
            Delete for good
          </button>
          <button type="button" className="button min-h-8 px-3 py-0.5" onClick={() => setSure(false)}>
            Keep it
          </button>
        </>
      ) : (
        <>
          <button type="button" className="button min-h-8 px-3 py-0.5" disabled={busy} aria-label={`Open ${lab.name}`} onClick={onOpen}>
            Open
          </button>
          <button type="button" className="button button-quiet min-h-8 px-3 py-0.5" disabled={busy} aria-label={`Delete ${lab.name}`} onClick={() => setSure(true)}>
            Delete
          </button>
        </>
      )}
    </li>
  );
}
