import type { CountryShare, Scenario, Source, Users } from "./scenario";

/** Scenarios to begin with. Times in seconds from the beginning; a botnet's countries are all of the lab's alike. */

const home: CountryShare[] = [
  { country: "US", share: 30 }, { country: "DE", share: 15 }, { country: "GB", share: 14 }, { country: "FR", share: 10 }, { country: "IN", share: 8 }, { country: "BR", share: 6 },
  { country: "JP", share: 5 }, { country: "CA", share: 5 }, { country: "AU", share: 4 }, { country: "NL", share: 3 },
];
const users = (endSec: number, rate: number, day = false): Users => ({ kind: "users", id: "users", name: "Customers", startSec: 0, endSec, rate, clients: 2_000, countries: home, day });
const crawler = (endSec: number): Source => ({ kind: "crawler", id: "crawler", name: "Search engine", startSec: 0, endSec, rate: 0.5, genuine: true });
const scenario = (id: string, title: string, what: string, sources: Source[]): Scenario => ({ version: 1, id, title, what, host: "shop.example.com", sources });

const stuffing = (startSec: number, endSec: number, rate: number): Source => ({ kind: "credential-stuffing", id: "stuffing", name: "Credential stuffing", startSec, endSec, rate, ramp: { upSec: 60, downSec: 30 }, clients: 4_000, path: "/api/login", format: "json" });
const scan = (startSec: number, endSec: number): Source => ({ kind: "scanner", id: "scanner", name: "Scanner", startSec, endSec, rate: 6, clients: 4, hidden: false });
const probes = (startSec: number, endSec: number, rate: number): Source => ({ kind: "probes", id: "probes", name: "Injection probes", startSec, endSec, rate, clients: 20, sqli: 2, xss: 1 });
const flood = (startSec: number, endSec: number, rate: number): Source => ({ kind: "http-flood", id: "botnet", name: "Botnet", startSec, endSec, rate, ramp: { upSec: 30, downSec: 30 }, clients: 400, path: "/search", random: true });

export const presets: readonly Scenario[] = [
  scenario("quiet-day", "A quiet day", "A day of customers from ten countries, with a search engine and the odd probe that every site sees.", [
    users(86_400, 2, true), crawler(86_400), { ...probes(0, 86_400, 0.01), id: "noise", name: "Background noise" },
  ]),
  scenario("http-flood", "An HTTP flood", "After five minutes a botnet of 400 addresses asks for a page that is dear to make, for ten minutes.", [users(1_800, 10), crawler(1_800), flood(300, 900, 300)]),
  scenario("credential-stuffing", "Credential stuffing", "4,000 addresses try names and passwords, each of them seldom.", [users(1_800, 10), crawler(1_800), stuffing(300, 1_500, 25)]),
  scenario("scan", "A scan", "A scanner looks for known pages, then for places to inject, partly as a browser.", [
    users(1_200, 10), crawler(1_200), scan(180, 600), { kind: "scanner", id: "hidden-scanner", name: "Scanner in disguise", startSec: 400, endSec: 900, rate: 3, clients: 6, hidden: true }, probes(500, 1_000, 4),
  ]),
  scenario("mixed", "Everything at once", "A flood of packets and one of requests hide that passwords are tried and pages probed.", [
    users(2_400, 10), crawler(2_400), { kind: "crawler", id: "false-crawler", name: "False crawler", startSec: 200, endSec: 2_000, rate: 2, genuine: false },
    { kind: "network-flood", id: "syn", name: "SYN flood", startSec: 300, endSec: 900, rate: 2_000_000, ramp: { upSec: 20, downSec: 20 }, vector: "SYN" },
    { kind: "network-flood", id: "ntp", name: "NTP reflection", startSec: 500, endSec: 1_100, rate: 5_000_000, ramp: { upSec: 30, downSec: 60 }, vector: "NTP" },
    { kind: "slow", id: "slow", name: "Slow requests", startSec: 400, endSec: 1_400, rate: 5, clients: 50, holdSec: 45 },
    flood(600, 1_200, 200), stuffing(700, 1_900, 20), scan(900, 1_300), probes(1_000, 1_800, 3),
  ]),
];
