import { en } from "./en";
import { ko } from "./ko";
import type { Language, Messages } from "./messages";

export type { CameraState, Language, Messages, Outcome } from "./messages";

export const messages: Record<Language, Messages> = { ko, en };
