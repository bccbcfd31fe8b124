import type { Language, Messages } from "./i18n";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

/** A length of time in its largest whole unit; below two minutes it counts seconds. */
export function age(seconds: number, t: Messages): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 2 * MINUTE) return t.age.unit(whole, "second");
  if (whole < 2 * HOUR) return t.age.unit(Math.floor(whole / MINUTE), "minute");
  if (whole < 2 * DAY) return t.age.unit(Math.floor(whole / HOUR), "hour");
  if (whole < 2 * YEAR) return t.age.unit(Math.floor(whole / DAY), "day");
  return t.age.unit(Math.floor(whole / YEAR), "year");
}

const NO_BREAK = "\u00a0";

/** A calendar day written out on one line; whatever is not YYYY-MM-DD comes back unchanged. */
export function day(text: string, language: Language): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return text;
  const at = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  if (at.toISOString().slice(0, 10) !== text) return text;
  const long = new Intl.DateTimeFormat(language === "ko" ? "ko-KR" : "en-GB", {
    year: "numeric",
    month: "long",
    day: "numeric",
    timeZone: "UTC",
  }).format(at);
  return long.replaceAll(" ", NO_BREAK);
}

const written = (year: number, month: number, date: number): string =>
  [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(date).padStart(2, "0")].join("-");

/** A typed day (20280228, 2028-2-28, 2028.02.28) as YYYY-MM-DD; null when there is no such day. */
export function parseDay(typed: string): string | null {
  const text = typed.trim();
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})\s?[.일]?$/.exec(text);
  if (!parts) return null;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const at = new Date(Date.UTC(year, month - 1, date));
  const real = at.getUTCMonth() === month - 1 && at.getUTCDate() === date && year >= 1900;
  return real ? written(year, month, date) : null;
}

/** The day some years after `today`, by the local calendar; 29 February falls back to the 28th. */
export function yearsFrom(today: Date, years: number): string {
  const [year, month, date] = [today.getFullYear() + years, today.getMonth() + 1, today.getDate()];
  return parseDay(written(year, month, date)) ?? written(year, 2, 28);
}

/** The wall-clock minute of a Unix time, 24 hours. */
export function clockTime(unixSeconds: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(unixSeconds * 1000));
}

const locale = (language: Language): string => (language === "ko" ? "ko-KR" : "en-GB");

/** The calendar day of a Unix time, on one line. */
export function dayOf(unixSeconds: number, language: Language, timeZone?: string): string {
  const at = new Date(unixSeconds * 1000);
  if (Number.isNaN(at.getTime())) return "–";
  return new Intl.DateTimeFormat(locale(language), {
    year: "numeric",
    month: language === "ko" ? "long" : "short",
    day: "numeric",
    ...(timeZone ? { timeZone } : {}),
  })
    .format(at)
    .replaceAll(" ", NO_BREAK);
}

/** A count with its digits in groups. */
export function grouped(count: number, language: Language): string {
  return new Intl.NumberFormat(locale(language)).format(count);
}

/** A number of bytes in the unit that a person would take. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Whole seconds until `end`, never below zero; both in milliseconds of one clock. */
export function secondsLeft(end: number, now: number): number {
  return Math.max(0, Math.ceil((end - now) / 1000));
}
