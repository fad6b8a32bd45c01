export { lessonBySlug, lessons, sections } from "./lessons";
export { goalMet } from "./goals";
export type { Claim, Evidence, Goal, LessonMeta, LessonStep, ProofResult, Section, SolutionCall, Source } from "./types";
