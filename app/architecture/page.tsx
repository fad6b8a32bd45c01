import type { Metadata } from "next";
import { Assumptions } from "@/components/architecture/assumptions";
import { startSetting } from "@/components/architecture/address";
import { Workbench } from "@/components/architecture/workbench";
import { outputOf } from "@/lib/engine/architecture/output";
import { run } from "@/lib/engine/architecture/run";

export const metadata: Metadata = { title: "A reference architecture under attack", description: "Launch floods and probes at Route 53, CloudFront, AWS WAF, a load balancer and an Auto Scaling group; switch protections off and see what each is worth." };

/** The whole page's first picture is computed where it is built; every other by a lab beside the page. */
export default function ArchitecturePage() {
  const options = { ...startSetting, seconds: 600, seed: 1 };
  return (
    <main id="main" className="mx-auto w-full max-w-[76rem] flex-1 px-4 py-6 phone:px-8">
      <h1 className="font-serif text-3xl font-semibold tracking-tight">A reference architecture under attack</h1>
      <p className="mb-5 mt-1 max-w-[44rem] text-soft">Choose an attack, take protections away, and play the ten minutes. Every number comes from a run; the web ACL inspects real requests.</p>
      <Workbench place="page" first={outputOf(options, run(options))} />
      <Assumptions />
    </main>
  );
}
