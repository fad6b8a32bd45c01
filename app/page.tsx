import { CourseMap } from "@/components/home/course-map";
import { Envelope } from "@/components/home/envelope";
import { GoOn } from "@/components/home/go-on";
import { Ways } from "@/components/home/ways";

export default function HomePage() {
  return (
    <main id="main" className="mx-auto w-full max-w-[76rem] px-5 phone:px-8">
      <div className="grid items-center gap-x-16 gap-y-10 pb-16 pt-10 phone:pt-16 lab:grid-cols-[minmax(0,1.05fr)_minmax(0,1fr)]">
        <div>
          <h1 className="text-balance font-serif text-[2.375rem] font-semibold leading-[1.06] tracking-[-0.028em] phone:text-[3.25rem] xl:text-[3.75rem]">
            Learn AWS security on a cloud that tells you why.
          </h1>
          <GoOn />
        </div>
        <Envelope />
      </div>
      <CourseMap />
      <Ways />
    </main>
  );
}
