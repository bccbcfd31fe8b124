import type { Change } from "./ipc/Change";
import type { ChangeView } from "./ipc/ChangeView";
import type { ImportCode } from "./ipc/ImportCode";
import type { ImportView } from "./ipc/ImportView";
import type { LeadView } from "./ipc/LeadView";
import type { PartKind } from "./ipc/PartKind";
import type { TrustedIssuerView } from "./ipc/TrustedIssuerView";
import { age } from "./format";
import type { Messages } from "./i18n";

/** Rows drawn at first, and with each "more": a window stays quick with a thousand issuers. */
export const PAGE = 100;

/** What changed of one kind of file. */
export type Changed = { part: PartKind; counts: [change: Change, count: number][]; rows: ChangeView[] };

/** The changes by kind of file, in the order in which the kinds first come up. */
export function byPart(changes: ChangeView[]): Changed[] {
  const ORDER: readonly Change[] = ["added", "changed", "removed"];
  return [...new Set(changes.map(({ part }) => part))].map((part) => {
    const rows = changes.filter((change) => change.part === part);
    const counts = ORDER.map((change): [Change, number] => [
      change,
      rows.filter((row) => row.change === change).length,
    ]);
    return { part, counts: counts.filter(([, count]) => count > 0), rows };
  });
}

/** The issuers that have every typed word in their name, country or document types. */
export function matching(issuers: TrustedIssuerView[], typed: string): TrustedIssuerView[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return issuers;
  return issuers.filter(({ name, country, docTypes }) => {
    const text = [name, country ?? "", ...docTypes].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Whether a list came in and was not taken. */
export function refused(outcome: ImportCode): boolean {
  return outcome !== "installed" && outcome !== "unchanged";
}

/** What ends first, and when, as a few words. */
export function leadWords(lead: LeadView, now: number, t: Messages): string {
  const what = lead.part === "manifest" ? t.trust.lead.list : t.trust.part[lead.part];
  return lead.ends > now
    ? t.trust.lead.ends(what, age(lead.ends - now, t))
    : t.trust.lead.ended(what, age(now - lead.ends, t));
}

/** An import in a line: what became of the list, and what to do. */
export function noticeWords(report: ImportView, t: Messages): { title: string; advice: string } {
  const told = t.trust.imported[report.outcome];
  if (refused(report.outcome)) {
    const kept = report.before === null ? "" : ` ${t.trust.kept(report.before)}`;
    return { title: told.title, advice: told.advice + kept };
  }
  if (report.outcome === "unchanged") return told;
  const versions = t.trust.versions(report.before, report.version);
  const left = report.problems.length > 0 ? `, ${t.trust.leftOut(report.problems.length)}` : "";
  return { title: told.title, advice: `${versions}${left}` };
}
