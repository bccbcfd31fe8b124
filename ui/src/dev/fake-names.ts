/** Claims of invented people for the developer's browser, with names that forms break. */
import type { ClaimView } from "../lib/ipc/ClaimView";

const NAMES: Record<string, [family: string, given: string, native?: [string, string]]> = {
  short: ["SAEBYEOK", "HARU", ["새벽", "하루"]],
  long: ["WICKRAMASINGHE-ARACHCHIGE", "Thị Phương Uyên Maximiliana Konstantina"],
  arabic: ["AL-MANSOURI", "ABDULRAHMAN MOHAMMED", ["المنصوري", "عبد الرحمن محمد بن عبد العزيز (٣)"]],
  hebrew: ["BEN-DAVID", "MAYA", ["בן־דוד", "מאיה 3"]],
  emoji: ["🦊🌲 FOX", "ANA 🇧🇷 👩‍👩‍👧", ["狐", "杏奈"]],
  endless: [
    "WOLFESCHLEGELSTEINHAUSENBERGERDORFF".repeat(3),
    "Maximiliana Konstantina Alexandrowna de la Santísima Trinidad ".repeat(5).slice(0, 300).trim(),
    ["ประเสริฐศักดิ์วัฒนากุลชัย", "Нурмагомедбекова-Оразгельдыева"],
  ],
};

export function claims(asked: URLSearchParams, purpose: string, long: boolean): ClaimView[] {
  if (purpose === "age-19" || purpose === "employer") return [];
  const copyable = asked.has("copy");
  const claim = (name: string, ko: string, en: string, text: string): ClaimView => ({
    name,
    label: { ko, en },
    text,
    masked: false,
    revealable: false,
    copyable,
  });
  const [family, given, native] = NAMES[long ? "long" : (asked.get("names") ?? "short")] ?? NAMES["short"]!;
  const told = [
    claim("family_name", "성 (로마자)", "Family name (Latin)", family),
    claim("given_name", "이름 (로마자)", "Given name (Latin)", given),
  ];
  if (native) {
    told.push(
      claim("family_name_native", "성", "Family name (native)", native[0]),
      claim("given_name_native", "이름", "Given name (native)", native[1]),
    );
  }
  if (asked.has("many")) {
    told.push(
      claim("nationality", "국적", "Nationality", "유토피아 (UTO)"),
      claim("expiry_date", "만료일", "Expiry date", "2028-02-28"),
      claim("issue_date", "발급일", "Issue date", "2024-02-28"),
    );
  }
  if (purpose === "hospital-reception") {
    told.push({
      name: "registration_number",
      label: { ko: "외국인등록번호", en: "Registration number" },
      text: "900314-•••••••",
      masked: true,
      revealable: true,
      copyable,
    });
  }
  return told;
}
