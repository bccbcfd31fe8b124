import { describe, expect, it } from "vitest";
import { age, clockTime, day, dayOf, grouped, parseDay, secondsLeft, size, yearsFrom } from "../src/lib/format";
import { messages } from "../src/lib/i18n";

const { ko, en } = messages;

describe("ages", () => {
  it.each([
    [0, "0초", "0 seconds"],
    [1, "1초", "1 second"],
    [119, "119초", "119 seconds"],
    [120, "2분", "2 minutes"],
    [7199, "119분", "119 minutes"],
    [7200, "2시간", "2 hours"],
    [19 * 3600 + 59, "19시간", "19 hours"],
    [48 * 3600, "2일", "2 days"],
    [75 * 3600, "3일", "3 days"],
    [730 * 86400, "730일", "730 days"],
    [731 * 86400, "2년", "2 years"],
  ])("%i seconds are named by the largest whole unit", (seconds, korean, english) => {
    expect(age(seconds, ko)).toBe(korean);
    expect(age(seconds, en)).toBe(english);
  });

  it("never shows a negative age", () => {
    expect(age(-5, en)).toBe("0 seconds");
  });
});

describe("days", () => {
  it("are written out in the language of the window, on one line", () => {
    expect(day("2028-02-28", "ko")).toBe("2028년\u00a02월\u00a028일");
    expect(day("2028-02-28", "en")).toBe("28\u00a0February\u00a02028");
  });

  it.each(["19", "2028-13-01", "2027-02-29", "28.02.2028", ""])("leaves %j as it is", (text) => {
    expect(day(text, "en")).toBe(text);
  });

  it.each([
    ["20280228", "2028-02-28"],
    [" 2028-2-8 ", "2028-02-08"],
    ["2028.02.28", "2028-02-28"],
    ["2028. 2. 28.", "2028-02-28"],
    ["2028년 2월 28일", "2028-02-28"],
    ["20280229", "2028-02-29"],
  ])("typed as %j is understood", (typed, date) => {
    expect(parseDay(typed)).toBe(date);
  });

  it.each(["", "2028", "20270229", "20281301", "2028-02", "tomorrow", "02/28/2028"])(
    "typed as %j is no day",
    (typed) => {
      expect(parseDay(typed)).toBeNull();
    },
  );

  it("some years on keeps to the calendar", () => {
    expect(yearsFrom(new Date(2026, 10, 21), 2)).toBe("2028-11-21");
    expect(yearsFrom(new Date(2028, 1, 29), 1)).toBe("2029-02-28");
  });
});

describe("numbers and times of the trust list", () => {
  it("have their digits in groups and their bytes in a unit", () => {
    expect([grouped(1_048_576, "ko"), grouped(1_048_576, "en")]).toEqual(["1,048,576", "1,048,576"]);
    expect([size(999), size(64_400), size(8_412_000)]).toEqual(["999 B", "64 kB", "8.4 MB"]);
  });

  it("name the day on one line, and no day where there is none", () => {
    const at = Date.UTC(2026, 10, 24) / 1000;
    expect(dayOf(at, "ko", "UTC")).toBe("2026년\u00a011월\u00a024일");
    expect(dayOf(at, "en", "UTC")).toBe("24\u00a0Nov\u00a02026");
    expect(dayOf(1e18, "en", "UTC")).toBe("–");
  });
});

describe("the clock", () => {
  it("counts whole seconds down and stops at zero", () => {
    expect(secondsLeft(30_000, 0)).toBe(30);
    expect(secondsLeft(30_000, 29_001)).toBe(1);
    expect(secondsLeft(30_000, 30_000)).toBe(0);
    expect(secondsLeft(30_000, 99_000)).toBe(0);
  });

  it("tells the minute in 24 hours", () => {
    expect(clockTime(0, "UTC")).toBe("00:00");
    expect(clockTime(14 * 3600 + 5 * 60, "UTC")).toBe("14:05");
  });
});
