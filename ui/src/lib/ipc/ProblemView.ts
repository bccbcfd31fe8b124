import type { ProblemCode } from "./ProblemCode";

export type ProblemView = { file: string; line: number | null; code: ProblemCode };
