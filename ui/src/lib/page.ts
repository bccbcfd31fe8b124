import en from "../../../docs/desk-guide.en.html?raw";
import ko from "../../../docs/desk-guide.ko.html?raw";
import type { Language } from "./i18n";

const PAGES: Record<Language, string> = { en, ko };

/** The desk guide of the documentation, as it is printed there: its sheet, and its rules for that sheet alone. */
export function deskGuide(language: Language): { sheet: Element; rules: string } | null {
  const page = new DOMParser().parseFromString(PAGES[language], "text/html");
  const sheet = page.querySelector(".sheet");
  const rules = page.querySelector("style")?.textContent;
  return sheet && rules ? { sheet: document.importNode(sheet, true), rules } : null;
}
