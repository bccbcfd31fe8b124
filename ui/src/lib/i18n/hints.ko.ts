import type { ForeignHints } from "./messages";

const askForCode = "신분증 앱의 제시용 QR을 보여 달라고 요청하세요.";
const askForCodeOrCard = "제시용 QR이나 실물 신분증을 요청하세요.";
const notHere = "여기에서는 확인할 수 없습니다.";
const proofOfNothing = "신분을 증명하지 않습니다.";

/** 신분 확인용 제시 QR이 아닌 것: 무엇인지와, 창구에서 다음에 할 일. */
export const hintsKo: ForeignHints = {
  unrecognised: {
    title: "신분 확인용 QR이 아닙니다",
    advice: `${askForCode} 카드에 인쇄된 QR이라면 카드를 직접 확인하세요.`,
  },
  newer_version: {
    title: "더 새로운 버전용 QR입니다",
    advice: "이 프로그램을 업데이트하세요. 그때까지는 실물 신분증을 요청하세요.",
  },
  part: {
    title: "움직이는 QR의 한 장면만 보입니다",
    advice: "휴대전화 화면을 그대로 카메라에 비춰 달라고 요청하세요.",
  },
  desk_challenge: {
    title: "창구가 손님에게 보여주는 QR입니다",
    advice: "손님의 휴대전화로 이 QR을 읽은 뒤, 휴대전화에 뜨는 QR을 카메라에 비춰 달라고 하세요.",
  },
  korean_mobile_id: {
    title: "온라인으로만 확인되는 모바일 신분증 QR입니다",
    advice: "모바일 신분증 검증앱으로 확인하거나 실물 신분증을 요청하세요.",
  },
  korean_mobile_id_nearby: {
    title: "블루투스로 연결하는 모바일 신분증 QR입니다",
    advice:
      "이 PC는 블루투스로 받지 않습니다. 모바일 신분증 검증앱으로 확인하거나 실물 신분증을 요청하세요.",
  },
  korean_mobile_id_verifier: {
    title: "신분증을 요청하는 기관이 띄우는 QR입니다",
    advice: `보여 준 분의 신분증이 아닙니다. ${askForCodeOrCard}`,
  },
  mdoc_engagement: {
    title: "무선 전송을 시작하는 모바일 신분증 QR입니다",
    advice: `이 PC는 무선으로 받지 않습니다. ${askForCodeOrCard}`,
  },
  wallet_request: {
    title: "다른 곳에서 신분증을 요청하는 QR입니다",
    advice: `보여 준 분의 신분증이 아닙니다. ${askForCodeOrCard}`,
  },
  wallet_offer: {
    title: "증명서를 발급받을 때 쓰는 QR입니다",
    advice: `다른 사람이 찍지 않도록 화면을 닫아 달라고 요청하세요. 발급을 마친 뒤 ${askForCode}`,
  },
  web_token: {
    title: "온라인에서 주고받는 형식의 증명입니다",
    advice: `${notHere} ${askForCodeOrCard}`,
  },
  health_certificate: {
    title: "이 PC에서 읽지 않는 형식의 건강 증명서입니다",
    advice: `${notHere} 신분 확인이 필요하면 신분증을 요청하세요.`,
  },
  health_link: {
    title: "건강 기록으로 연결되는 QR입니다",
    advice: "기록은 열지 않았습니다. 신분 확인이 필요하면 신분증을 요청하세요.",
  },
  icao_seal: {
    title: "비자나 여행 서류에 쓰는 디지털 직인입니다",
    advice: `${notHere} 여권이나 서류 원본을 직접 확인하세요.`,
  },
  aadhaar: {
    title: "인도 신분증 아드하르(Aadhaar)의 QR입니다",
    advice: `${notHere} 여권이나 외국인등록증을 요청하세요.`,
  },
  national_card: {
    title: "다른 나라 신분증에 있는 QR입니다",
    advice: `${notHere} 여권이나 외국인등록증을 요청하세요.`,
  },
  other_credential: {
    title: "여기에서 지원하지 않는 형식의 증명서입니다",
    advice: `${notHere} ${askForCodeOrCard}`,
  },
  account_key: {
    title: "로그인이나 기기 설정에 쓰는 비밀 QR입니다",
    advice: `다른 사람이 찍지 않도록 바로 닫아 달라고 요청하세요. 그런 다음 ${askForCode}`,
  },
  other_parts: {
    title: "다른 앱이 나누어 보여 주는 QR입니다",
    advice: askForCode,
  },
  payment: {
    title: "결제용 QR입니다",
    advice: `계산대의 안내판이 비쳤다면 카메라 앞에서 치우세요. 아니면 ${askForCode}`,
  },
  boarding_pass: {
    title: "탑승권의 QR입니다",
    advice: `이름이 있어도 ${proofOfNothing} 신분증을 요청하세요.`,
  },
  wifi: {
    title: "와이파이 연결용 QR입니다",
    advice: `안내문이 비쳤다면 카메라 앞에서 치우세요. 아니면 ${askForCode}`,
  },
  contact_card: {
    title: "명함이나 연락처 QR입니다",
    advice: `${proofOfNothing} 신분증을 요청하세요.`,
  },
  phone_action: {
    title: "전화, 문자, 메일, 지도나 일정용 QR입니다",
    advice: `아무것도 실행하지 않았습니다. ${askForCode}`,
  },
  web_link: {
    title: "웹 주소가 담긴 QR입니다",
    advice: `주소는 열지 않았습니다. ${askForCode}`,
  },
  app_link: {
    title: "다른 앱을 여는 QR입니다",
    advice: `앱은 열지 않았습니다. ${askForCode}`,
  },
  plain_number: {
    title: "숫자만 담긴 QR입니다",
    advice: `번호만으로는 신분을 확인할 수 없습니다. ${askForCodeOrCard}`,
  },
};
