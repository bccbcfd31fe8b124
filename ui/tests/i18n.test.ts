import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { messages } from "../src/lib/i18n";
import type { BundleFlaw } from "../src/lib/ipc/BundleFlaw";
import type { ReasonCode } from "../src/lib/ipc/ReasonCode";

const { ko, en } = messages;

/** Every sentence with its path; functions are called with one and with two. */
function sentences(node: unknown, path = ""): [path: string, text: string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node === "function") {
    return [1, 2].map((count) => [`${path}(${count})`, String(node(count, "day"))]);
  }
  if (node && typeof node === "object") {
    return Object.entries(node).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
  }
  return [];
}

const codesOf = (type: string): string[] =>
  [...readFileSync(`src/lib/ipc/${type}.ts`, "utf8").matchAll(/"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );

describe("both languages", () => {
  it("say the same things", () => {
    const without = (word: string) => (path: string) => !path.endsWith(word);
    const paths = (from: unknown) =>
      sentences(from)
        .map(([path]) => path)
        .filter(without(".word"))
        .sort();
    expect(paths(ko)).toEqual(paths(en));
  });

  it.each([
    ["ReasonCode", Object.keys(en.reason)],
    ["HintCode", [...Object.keys(en.foreign), ...Object.keys(en.hint)]],
    ["ForeignCode", Object.keys(en.foreign)],
    ["LimitCode", Object.keys(en.check.camera.limits)],
    ["CautionCode", Object.keys(en.verdict.caution)],
    ["ProblemCode", Object.keys(en.check.problem)],
    ["ImportCode", Object.keys(en.trust.imported)],
    ["UpdateCode", Object.keys(en.trust.updates)],
    ["PartKind", Object.keys(en.trust.part)],
    ["Change", Object.keys(en.trust.changed)],
    ["KnowledgeSource", Object.keys(en.trust.source)],
  ])("have a sentence for every %s and none for a code that is gone", (type, spoken) => {
    expect([...spoken].sort()).toEqual([...new Set(codesOf(type))].sort());
  });

  it("leave nothing empty or unfinished", () => {
    for (const [path, text] of [...sentences(ko), ...sentences(en)]) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toMatch(/undefined|\[object/);
    }
  });

  it("keep to their own script", () => {
    const foreign = ["검증앱", "한국어로 바꾸기"];
    for (const [path, text] of sentences(en)) {
      const own = foreign.reduce((rest, word) => rest.replace(word, ""), text);
      expect(own, path).not.toMatch(/[가-힣]/);
    }
    for (const [path, { title, advice }] of Object.entries(ko.reason)) {
      expect(title, path).toMatch(/[가-힣].*(다|요)$/);
      expect(advice, path).toMatch(/(세요|니다)\.$/);
    }
    for (const [path, { title, advice }] of Object.entries(ko.foreign)) {
      expect(title, path).toMatch(/[가-힣].*니다$/);
      expect(advice, path).toMatch(/세요\.$/);
    }
  });
});

describe("wording", () => {
  const all = (code: ReasonCode) =>
    [ko, en].map(({ reason: { [code]: said } }) => `${said.word} ${said.title} ${said.advice}`);

  it("calls a suspended card neither stolen nor lost nor forged", () => {
    for (const text of all("status.suspended")) {
      expect(text).not.toMatch(/stolen|lost|forged|suspend|report|도난|분실|위조|정지|신고/i);
    }
    expect(en.reason["status.suspended"].title).toContain("not accepted today");
  });

  it("says that a card below the condition is genuine", () => {
    const [korean, english] = all("purpose.condition_not_met");
    expect(korean).toContain("진짜");
    expect(english).toContain("genuine");
  });

  it("names every code that is no presentation, and says what to do next", () => {
    for (const { foreign } of [ko, en]) {
      const titles = Object.values(foreign).map(({ title }) => title);
      expect(new Set(titles).size).toBe(titles.length);
      for (const [code, { title, advice }] of Object.entries(foreign)) {
        expect(title.length, code).toBeLessThanOrEqual(64);
        expect(advice.length, code).toBeLessThanOrEqual(140);
        expect(title, code).not.toMatch(/[.!]$/);
        expect(`${title} ${advice}`, code).not.toMatch(/fake|forged|fraud|위조|가짜|불법/i);
      }
    }
    for (const [code, { advice }] of Object.entries(en.foreign)) {
      expect(advice, code).toMatch(/\b(Ask|ask|Check|check)\b/);
    }
  });

  it("sends an online Korean code to the official app, or to the card", () => {
    for (const code of ["korean_mobile_id", "korean_mobile_id_nearby"] as const) {
      expect(ko.foreign[code].advice).toMatch(/검증앱.*실물 신분증/);
      expect(en.foreign[code].advice).toMatch(/검증앱.*the card/);
    }
  });

  it("gives every abstention a next step", () => {
    const abstaining: ReasonCode[] = [
      "transport.part_mismatch",
      "transport.too_large",
      "transport.undecodable",
      "format.unsupported",
      "format.malformed",
      "format.several_documents",
      "issuer.unknown",
      "status.missing",
      "status.list_unknown",
      "status.list_invalid",
      "status.stale",
      "status.unknown_value",
      "clock.behind",
      "desk.bundle_expired",
      "holder.from_future",
      "purpose.attribute_missing",
      "desk.bundle_missing",
      "desk.internal",
    ];
    for (const code of abstaining) {
      expect(ko.reason[code].advice, code).toMatch(/세요\.$/);
      expect(en.reason[code].advice, code).toMatch(/\b(Ask|ask|Check|Scan|Have)\b/);
    }
  });
});

describe("the answers across the counter", () => {
  it("never call work simply allowed, and accuse nobody", () => {
    for (const { counter } of [ko, en]) {
      expect(Object.values(counter.answer).join(" ")).not.toMatch(/eligible|illegal|fake|적격|불법|위조/i);
    }
    expect(en.counter.answer.not_permitted).toMatch(/by this card/);
    expect(ko.counter.answer.not_permitted).toMatch(/이 신분증으로는/);
  });

  it("send whoever did not answer this desk to the customer screen", () => {
    expect(en.reason["holder.challenge_missing"].advice).toContain("customer screen");
    expect(ko.reason["holder.challenge_missing"].advice).toContain("고객 화면");
    expect(en.reason["holder.challenge_missing"].word).toBeDefined();
  });
});

describe("the trust list", () => {
  const flaws = codesOf("BundleFlaw") as BundleFlaw[];

  it("has a title and a next step for every flaw in both languages", () => {
    expect(flaws.length).toBeGreaterThan(15);
    for (const { trust } of [ko, en]) {
      const titles = flaws.map((code) => trust.imported[code].title);
      expect(new Set(titles).size).toBe(flaws.length);
    }
    for (const code of flaws) {
      expect(ko.trust.imported[code].title, code).toMatch(/[가-힣].*니다$/);
      expect(ko.trust.imported[code].advice, code).toMatch(/세요\.$/);
      expect(en.trust.imported[code].title, code).toMatch(/^[A-Z].*[^.]$/);
      expect(en.trust.imported[code].advice, code).toMatch(
        /\b(Look|Plug|Get|Check|Ask|Import|Copy|Tell|Delete|Close)\b.*\.$/,
      );
    }
  });

  it("goes by one name, and by no word of those who make it", () => {
    for (const [path, text] of [...sentences(ko.trust), ...sentences(en.trust)]) {
      expect(text, path).not.toMatch(/bundle|TUF|threshold|번들|묶음|임계/i);
      expect(text, path).not.toMatch(/attack|forged|fraud|tamper|위조|공격|조작/i);
    }
  });

  it("is named where nothing can be checked for want of one", () => {
    for (const code of ["desk.bundle_missing", "desk.bundle_expired"] as const) {
      expect(ko.reason[code].title).toContain("신뢰 목록");
      expect(en.reason[code].title).toContain("trust list");
    }
  });
});
