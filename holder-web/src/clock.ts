/** The time in seconds since 1970: this machine's, or what it was set to when the page was opened, going on. */
export interface Clock {
  now(): number;
}

export function clockFrom(at: number | undefined): Clock {
  const ahead = at === undefined ? 0 : at * 1_000 - Date.now();
  return { now: () => Math.floor((Date.now() + ahead) / 1_000) };
}
