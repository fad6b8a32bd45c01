import { attackNames, protectionNames } from "../lib/engine/architecture/names";
import { run } from "../lib/engine/architecture/run";

/**
 * The reference architecture: how long ten simulated minutes take, with the web ACL and without it. Seconds are of a core's time, so that a
 * busy machine does not count. The reference is the simulated time.
 */

type Line = (name: string, value: string, reference?: string) => void;

export function architecture(line: Line): void {
  const options = { loseZone: false, seconds: 600, seed: 1 };
  const time = (protections: typeof protectionNames | []): number => {
    const once = (): void => attackNames.forEach((attack) => void run({ ...options, attack, protections }));
    once();
    const before = process.cpuUsage();
    once();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 / attackNames.length;
  };
  const [all, none] = [time(protectionNames), time([])];
  line("Architecture, ten minutes of an attack, all protections", `${Math.round(all)} ms`, `goal 1,000 ms; ${Math.round(600_000 / all).toLocaleString("en")}x as fast as its clock`);
  line("Architecture, the same, without AWS WAF or CloudFront", `${Math.round(none)} ms`);
}
