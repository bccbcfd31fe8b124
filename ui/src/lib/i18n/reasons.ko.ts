import type { Reasons } from "./messages";

const otherDocument = "다른 신분증을 요청하세요.";
const doNotRely = "이 QR은 믿을 수 없습니다. 다른 신분증을 요청하세요.";
const notAgainstCard = "신분증에 문제가 있다는 뜻은 아닙니다.";

export const reasonsKo: Reasons = {
  "transport.part_mismatch": {
    title: "두 휴대전화의 QR이 섞였습니다",
    advice: "한 대만 카메라에 비추고 나머지는 치워 달라고 요청하세요.",
  },
  "transport.too_large": {
    title: "QR에 담긴 내용이 너무 많습니다",
    advice: "보낼 항목을 줄여 QR을 새로 만들어 달라고 요청하세요.",
  },
  "transport.undecodable": {
    title: "QR을 끝까지 읽지 못했습니다",
    advice: "화면 밝기를 높이고 조금 더 가까이에서 다시 보여 달라고 요청하세요.",
  },
  "format.unsupported": {
    title: "여기에서 확인할 수 없는 종류의 증명서입니다",
    advice: `${notAgainstCard} ${otherDocument}`,
  },
  "format.malformed": {
    title: "QR의 내용이 손상되었습니다",
    advice:
      "앱을 다시 열어 새 QR을 보여 달라고 요청하세요. 같은 일이 반복되면 다른 신분증을 요청하세요.",
  },
  "format.duplicate_key": { title: "QR의 내용이 서로 맞지 않습니다", advice: doNotRely },
  "format.type_mismatch": { title: "표시된 종류와 실제 신분증이 다릅니다", advice: doNotRely },
  "format.encrypted": {
    title: "다른 곳에서만 열 수 있도록 암호화된 QR입니다",
    advice: `${notAgainstCard} ${otherDocument}`,
  },
  "format.several_documents": {
    title: "신분증이 두 개 이상 들어 있습니다",
    advice: "신분증을 하나만 골라 QR을 새로 만들어 달라고 요청하세요.",
  },
  "issuer.unknown": {
    title: "이 PC에 등록되지 않은 발급기관입니다",
    advice:
      "진짜 신분증일 수 있지만 여기에서는 확인할 수 없습니다. 다른 신분증을 요청하거나 관리 담당자에게 문의하세요.",
  },
  "issuer.chain_invalid": { title: "발급기관 인증서를 신뢰할 수 없습니다", advice: doNotRely },
  "issuer.chain_expired": {
    title: "발급기관 인증서의 유효 기간이 지났습니다",
    advice: "앱에서 신분증을 갱신해 달라고 하거나 다른 신분증을 요청하세요.",
  },
  "issuer.purpose_mismatch": {
    title: "이 종류를 발급할 수 없는 기관이 발급했습니다",
    advice: doNotRely,
  },
  "issuer.country_mismatch": { title: "발급 국가가 일치하지 않습니다", advice: doNotRely },
  "issuer.key_mismatch": {
    title: "서명이 발급기관의 키와 맞지 않습니다",
    advice: doNotRely,
  },
  "issuer.revoked": {
    title: "발급기관 인증서가 폐기되었습니다",
    advice:
      "앱에서 신분증을 다시 발급받도록 안내하세요. 그전까지는 다른 신분증을 요청하세요.",
  },
  "issuer.crl_stale": {
    title: "인증서 폐기 목록이 오래되었습니다",
    advice: "이 컴퓨터의 발급기관 자료를 새로 고친 뒤 다시 확인하세요. 급하면 실물 신분증을 요청하세요.",
  },
  "issuer.training_only": {
    title: "교육용 신분증입니다",
    advice: "교육용 신분증은 실제 확인에 쓸 수 없습니다. 실제 신분증을 요청하세요.",
  },
  "signature.missing": { title: "발급기관의 서명이 없습니다", advice: doNotRely },
  "signature.algorithm_refused": {
    title: "허용되지 않는 서명 방식입니다",
    advice: doNotRely,
  },
  "signature.invalid": { title: "발급기관의 서명이 일치하지 않습니다", advice: doNotRely },
  "digest.missing": {
    title: "발급기관의 서명이 보증하지 않는 항목이 있습니다",
    advice: doNotRely,
  },
  "digest.mismatch": { title: "내용이 발급된 것과 다릅니다", advice: doNotRely },
  "digest.unused": {
    title: "이 신분증으로 발급되지 않은 항목이 들어 있습니다",
    advice: doNotRely,
  },
  "validity.window_missing": {
    title: "유효 기간이 적혀 있지 않습니다",
    advice: otherDocument,
  },
  "validity.not_yet": {
    title: "아직 유효 기간이 시작되지 않았습니다",
    advice: "이 PC의 날짜를 확인하세요. 날짜가 맞다면 다른 신분증을 요청하세요.",
  },
  "validity.expired": {
    title: "유효 기간이 지났습니다",
    advice: "앱에서 갱신해 달라고 하거나 다른 신분증을 요청하세요.",
  },
  "status.missing": {
    title: "신분증에 상태 목록 정보가 없습니다",
    advice: `${notAgainstCard} ${otherDocument}`,
  },
  "status.list_unknown": {
    title: "이 PC에 해당 신분증의 상태 목록이 없습니다",
    advice: `${notAgainstCard} 다른 신분증을 요청하고, 상태 목록을 갱신하세요.`,
  },
  "status.list_invalid": {
    title: "이 PC의 상태 목록을 사용할 수 없습니다",
    advice: `${notAgainstCard} 다른 신분증을 요청하고, 관리 담당자에게 알리세요.`,
  },
  "status.index_out_of_range": {
    title: "발급기관의 상태 목록에 없는 신분증입니다",
    advice: doNotRely,
  },
  "status.stale": {
    title: "이 PC의 상태 목록이 너무 오래되었습니다",
    advice: `${notAgainstCard} 상태 목록을 갱신하고, 그전까지는 다른 신분증을 요청하세요.`,
  },
  "status.suspended": {
    word: "오늘은 사용 불가",
    title: "신분증 앱의 안내를 먼저 확인해야 합니다",
    advice:
      "앱을 열어 안내를 확인해 달라고 요청하세요. 다른 신분증이 있다면 대신 받을 수 있습니다.",
  },
  "status.revoked": {
    title: "더 이상 사용하지 않는 신분증입니다",
    advice: "다른 신분증을 요청하세요. 자세한 내용은 본인이 발급기관에 문의할 수 있습니다.",
  },
  "status.unknown_value": {
    title: "신분증의 상태를 해석할 수 없습니다",
    advice: `${notAgainstCard} ${otherDocument}`,
  },
  "holder.proof_missing": {
    title: "휴대전화의 소지 증명이 없습니다",
    advice: "사진이 아니라 앱에 지금 표시된 QR을 보여 달라고 요청하세요.",
  },
  "holder.proof_invalid": {
    title: "신분증이 발급된 휴대전화에서 만든 QR이 아닙니다",
    advice:
      "본인의 휴대전화에서 새 QR을 보여 달라고 요청하세요. 같은 일이 반복되면 다른 신분증을 요청하세요.",
  },
  "holder.too_old": {
    title: "만든 지 오래된 QR입니다",
    advice:
      "앱에서 QR을 새로 고쳐 바로 보여 달라고 요청하세요. 캡처한 화면이나 인쇄물은 사용할 수 없습니다.",
  },
  "holder.from_future": {
    title: "QR의 시각이 현재보다 앞서 있습니다",
    advice: "이 PC와 휴대전화의 시계를 확인한 다음, 새 QR을 요청하세요.",
  },
  "holder.challenge_mismatch": {
    title: "다른 요청에 대한 QR입니다",
    advice: "이곳의 요청 QR을 다시 찍고 새 QR을 보여 달라고 요청하세요.",
  },
  "holder.challenge_missing": {
    word: "한 단계 더",
    title: "이곳의 요청에 응답한 QR이 아닙니다",
    advice: "고객 화면의 QR을 신분증 앱으로 찍은 다음, 새 QR을 보여 달라고 요청하세요.",
  },
  "holder.replayed": {
    title: "이미 사용한 QR입니다",
    advice: "QR은 한 번만 쓸 수 있습니다. 앱에서 새 QR을 만들어 달라고 요청하세요.",
  },
  "holder.wrong_purpose": {
    title: "다른 용도나 다른 곳에 쓰려고 만든 QR입니다",
    advice: "화면에서 고른 용도가 맞는지 확인한 다음, 새 QR을 요청하세요.",
  },
  "purpose.type_not_accepted": {
    word: "다른 신분증 필요",
    title: "이 용도에는 다른 종류의 신분증이 필요합니다",
    advice: "신분증 자체에는 문제가 없습니다. 이 용도에 쓸 수 있는 신분증을 요청하세요.",
  },
  "purpose.attribute_missing": {
    title: "이 용도에 필요한 항목이 빠져 있습니다",
    advice: "이 용도에 표시된 항목을 선택해 새 QR을 보여 달라고 요청하세요.",
  },
  "purpose.condition_not_met": {
    word: "조건 미충족",
    title: "진짜 신분증이지만 조건에 맞지 않습니다",
    advice: "신분증은 진짜이고 유효합니다. 다만 이 용도가 요구하는 조건에 해당하지 않습니다.",
  },
  "clock.behind": {
    title: "이 PC의 시계가 맞지 않습니다",
    advice: `${notAgainstCard} 다른 신분증을 요청하고, 이 PC의 날짜와 시간을 맞추세요.`,
  },
  "desk.bundle_missing": {
    title: "이 PC에 신뢰 목록이 없습니다",
    advice: `${notAgainstCard} 다른 신분증을 요청하고, 신뢰 목록을 가져오세요.`,
  },
  "desk.bundle_expired": {
    title: "이 PC의 신뢰 목록 기한이 지났습니다",
    advice: `${notAgainstCard} 다른 신분증을 요청하고, 새 신뢰 목록을 가져오세요.`,
  },
  "desk.internal": {
    title: "이 PC에서 문제가 발생했습니다",
    advice:
      "한 번 더 스캔하세요. 같은 일이 반복되면 다른 신분증을 요청하고 관리 담당자에게 알리세요.",
  },
};
