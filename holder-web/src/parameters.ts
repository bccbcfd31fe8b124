// What the address of the page may say: ?card=mfc&case=valid&format=mdoc&lang=ko&challenge=HWC1:…&at=SECONDS
// &photo=large&code=one
import { type Case, CASES, type Code, CODES, type Format, FORMATS } from "./cases.ts";
import { type Card, cardNamed, type Language } from "./training.ts";

export interface Parameters {
  language: Language;
  card: Card | undefined;
  case: Case;
  format: Format;
  challenge: string | undefined;
  at: number | undefined;
  largePhoto: boolean;
  code: Code;
}

/** What is not there, or not known, is as if nothing was said. */
export function readParameters(query: string, preferred: readonly string[]): Parameters {
  const said = new URLSearchParams(query);
  const at = said.get("at");
  return {
    language: languageOf(said.get("lang"), preferred),
    card: cardNamed(said.get("card") ?? ""),
    case: CASES.find((one) => one === said.get("case")) ?? "valid",
    format: FORMATS.find((one) => one === said.get("format")) ?? "mdoc",
    challenge: said.get("challenge") ?? undefined,
    at: at !== null && /^\d{1,11}$/.test(at) ? Number(at) : undefined,
    largePhoto: said.get("photo") === "large",
    code: CODES.find((one) => one === said.get("code")) ?? "auto",
  };
}

function languageOf(said: string | null, preferred: readonly string[]): Language {
  if (said === "ko" || said === "en") return said;
  return preferred[0]?.toLowerCase().startsWith("ko") ? "ko" : "en";
}
