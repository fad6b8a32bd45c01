export default function HomePage() {
  return (
    <main id="main" className="mx-auto max-w-6xl px-6 py-16">
      <h1 className="font-serif text-5xl">Keyhole</h1>
    </main>
  );
}
