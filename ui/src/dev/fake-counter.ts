/** Invented purposes, answers and challenges for the developer's browser. */
import type { CautionCode } from "../lib/ipc/CautionCode";
import type { ChallengeView } from "../lib/ipc/ChallengeView";
import type { DecisionView } from "../lib/ipc/DecisionView";
import type { LabelView } from "../lib/ipc/LabelView";
import type { OverviewView } from "../lib/ipc/OverviewView";
import type { PurposeView } from "../lib/ipc/PurposeView";
import { fakeModules } from "./fake-qr";

const asked = new URLSearchParams(location.search);
const say = (ko: string, en: string): LabelView => ({ ko, en });

const PHOTO = say("사진", "Photo");
const NAME = say("이름", "Name");

function purpose(over: Partial<PurposeView> & Pick<PurposeView, "id" | "label">): PurposeView {
  return {
    shows: [PHOTO, NAME],
    asks: [],
    challenge: "offered",
    version: 1,
    legalBasis: "당사자 동의",
    asOf: "2026-11-21",
    ...over,
  };
}

export const purposes = (): PurposeView[] => [
  purpose({
    id: "hospital-reception",
    label: say("병원 접수", "Hospital reception"),
    shows: [PHOTO, NAME, say("외국인등록번호 (일부 가림)", "Registration number (partly hidden)")],
    challenge: "required",
    legalBasis: "국민건강보험법 제12조제4항",
  }),
  purpose({
    id: "landlord",
    label: say("임대차 계약", "Tenancy"),
    shows: [PHOTO, NAME, say("체류 가능 여부", "Whether the stay lasts long enough")],
    asks: [
      { kind: "date", label: say("임대차 종료일", "End of the lease"), optional: false },
      { kind: "name", label: say("계약서의 이름", "Name on the contract"), optional: true },
    ],
  }),
  purpose({
    id: "age-19",
    label: say("19세 이상 확인", "Age 19 or over"),
    shows: [PHOTO, say("19세 이상 여부", "Whether 19 or over")],
    challenge: "off",
  }),
  purpose({
    id: "employer",
    label: say("취업 자격 확인", "Right to work"),
    shows: [PHOTO, say("취업 가능 여부", "Whether work is permitted")],
  }),
  purpose({
    id: "resident",
    label: say("주민 할인", "Residents’ discount"),
    shows: [PHOTO, say("거주 지역 여부", "Whether they live in the area")],
    asks: [{ kind: "area", label: say("할인 지역", "Area of the discount"), optional: false }],
  }),
];

const decision = (over: Partial<DecisionView> & Pick<DecisionView, "rule">): DecisionView => ({
  argument: "",
  answer: "yes",
  label: say("", ""),
  next: null,
  asOf: null,
  tableAsOf: null,
  ...over,
});

const work = (answer: DecisionView["answer"], ko: string, en: string): DecisionView =>
  decision({
    rule: "work_permission",
    answer,
    label: say("취업 가능 여부", "Permission to work"),
    next: say(ko, en),
    asOf: "2026-11-20",
    tableAsOf: "2026-10-01",
  });

const name = (answer: DecisionView["answer"]): DecisionView =>
  decision({
    rule: "name_matches",
    argument: "SAEBYEOK HARU",
    answer,
    label: say("이름 비교", "Comparison of names"),
  });

const stay = (answer: "yes" | "no"): DecisionView =>
  decision({
    rule: "stay_valid_on",
    argument: "2028-02-28",
    answer,
    label: say("임대차 종료일까지 체류 가능", "May stay until the lease ends"),
    asOf: "2026-11-20",
  });

const SCENES: Record<string, () => DecisionView[]> = {
  work: () => [
    work("permitted", "허가 없이 일할 수 있는 체류자격입니다. 체류 기간만 확인하세요.", "This status allows work without a permit. Check only until when the stay lasts."),
  ],
  limited: () => [
    work("limited", "시간제로만 일할 수 있습니다. 학교가 확인한 시간제 취업 허가를 보여 달라고 하세요.", "Part-time only. Ask for the part-time permit that the school confirmed."),
  ],
  workplace: () => [
    work("workplace_only", "등록된 근무처인지 확인하세요. 다르면 근무처 변경 허가가 필요합니다.", "Check that you are the registered workplace. If not, they need permission to change it first."),
  ],
  permit: () => [
    work("needs_permit", "일하기 전에 체류자격 외 활동 허가를 받아야 합니다. 허가서를 보여 달라고 하세요.", "They need a permit for activities beyond the status before work begins. Ask to see it."),
  ],
  none: () => [
    work("not_permitted", "이 신분증만으로 채용을 결정하지 마세요. 외국인종합안내센터 1345에 문의하세요.", "Do not decide by this card alone. Call the immigration contact centre, 1345."),
  ],
  address: () => [
    decision({ rule: "address_in", argument: "한빛시 별구", label: say("할인 지역에 거주", "Lives in the area of the discount"), asOf: "2026-11-20" }),
  ],
  document: () => [
    decision({ rule: "document_current", label: say("증명서가 유효함", "The document is current"), asOf: "2026-11-20" }),
  ],
  name: () => [stay("yes"), name("same")],
  part: () => [stay("yes"), name("part")],
  different: () => [stay("no"), name("different")],
};

const BY_PURPOSE: Record<string, (long: boolean) => DecisionView[]> = {
  landlord: (long) => [stay(long ? "no" : "yes")],
  "age-19": () => [decision({ rule: "age_over", argument: "19", label: say("19세 이상", "19 or over") })],
  employer: (long) => SCENES[long ? "permit" : "workplace"]?.() ?? [],
  resident: () => SCENES["address"]?.() ?? [],
};

export function decisions(purpose: string, long: boolean): DecisionView[] {
  const scene = SCENES[asked.get("decisions") ?? ""];
  return scene?.() ?? BY_PURPOSE[purpose]?.(long) ?? [];
}

export const cautions = (): CautionCode[] => (asked.has("unchallenged") ? ["not_challenged"] : []);

const item = (name: string, ko: string, en: string) => ({ name, label: say(ko, en) });
const ITEMS = [
  item("portrait", "사진", "Photo"),
  item("family_name", "성 (로마자)", "Family name (Latin letters)"),
  item("given_name", "이름 (로마자)", "Given name (Latin letters)"),
];
let made = 0;

/** What a desk would ask for a purpose, with a new symbol each time. */
export function challenge(asks: PurposeView): ChallengeView | null {
  if (asks.challenge === "off") return null;
  made += 1;
  const size = 101;
  return {
    size,
    modules: fakeModules(size, 20261121 + made),
    desk: "접수 2번 창구",
    organisation: "한빛시립병원",
    purpose: asks.id,
    label: asks.label,
    cards: [
      ...Array.from({ length: Number(asked.get("cards") ?? 0) }, (_, at) => ({
        id: `more-${at}`,
        label: say(`다른 증명서 ${at + 1}`, `Other document ${at + 1}`),
        items: [...ITEMS, item("birth_date", "생년월일", "Date of birth")],
      })),
      {
        id: "mfc",
        label: say("외국인등록증", "Foreigner registration card"),
        items: [...ITEMS, item("registration_number", "외국인등록번호", "Registration number")],
      },
      {
        id: "mdl",
        label: say("모바일 운전면허증 (ISO)", "Driving licence (ISO mDL)"),
        items: [...ITEMS, item("document_number", "면허번호", "Licence number")],
      },
    ],
    ends: Math.floor(Date.now() / 1000) + Number(asked.get("renews") ?? 60),
    answered: false,
  };
}

export function printed(known: OverviewView): ChallengeView {
  const asks = known.purposes.find(({ id }) => id === known.purpose) ?? purposes()[0];
  const made = asks && challenge({ ...asks, challenge: "offered" });
  if (!made) throw new Error("no purpose");
  return { ...made, ends: Math.floor(Date.now() / 1000) + 180 * 24 * 3600 };
}
