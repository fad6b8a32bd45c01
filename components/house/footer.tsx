/** What Keyhole is not, on every page. */
export function Footer() {
  return (
    <footer className="mt-auto border-t border-rule px-6 py-5 text-[0.8125rem] leading-relaxed text-faint">
      <p className="mx-auto max-w-6xl">
        Keyhole is not affiliated with Amazon Web Services. Its cloud is simulated, in this page: nothing that you type leaves it.
      </p>
    </footer>
  );
}
