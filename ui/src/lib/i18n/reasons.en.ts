import type { Reasons } from "./messages";

const otherDocument = "Ask for another identity document.";
const doNotRely = "Do not rely on this code. Ask for another identity document.";
const notAgainstCard = "This says nothing against the card.";

export const reasonsEn: Reasons = {
  "transport.part_mismatch": {
    title: "The codes of two phones were mixed",
    advice: "Ask for one phone at a time in front of the camera.",
  },
  "transport.too_large": {
    title: "The code carries too much data",
    advice: "Ask them to share fewer items and show a new code.",
  },
  "transport.undecodable": {
    title: "The code could not be read in full",
    advice: "Ask them to turn up the screen brightness and show the code again, a little closer.",
  },
  "format.unsupported": {
    title: "This kind of credential cannot be checked here",
    advice: `${notAgainstCard} ${otherDocument}`,
  },
  "format.malformed": {
    title: "The content of the code is damaged",
    advice: `Ask them to reopen their app and show a new code. If it happens again, ask for another identity document.`,
  },
  "format.duplicate_key": { title: "The data in the code contradicts itself", advice: doNotRely },
  "format.type_mismatch": { title: "The card is not the kind it says it is", advice: doNotRely },
  "format.encrypted": {
    title: "The content is locked for someone else",
    advice: `${notAgainstCard} ${otherDocument}`,
  },
  "format.several_documents": {
    title: "More than one card was sent",
    advice: "Ask them to share one card only and show a new code.",
  },
  "issuer.unknown": {
    title: "This desk does not know the issuer",
    advice:
      "The card may be genuine, but it cannot be checked here. Ask for another identity document or call the person in charge of this desk.",
  },
  "issuer.chain_invalid": { title: "The issuer’s certificate does not hold", advice: doNotRely },
  "issuer.chain_expired": {
    title: "The issuer’s certificate has expired",
    advice: "Ask them to renew the card in their app, or ask for another identity document.",
  },
  "issuer.purpose_mismatch": {
    title: "This issuer may not issue this kind of card",
    advice: doNotRely,
  },
  "issuer.country_mismatch": { title: "The issuer’s country does not match", advice: doNotRely },
  "issuer.key_mismatch": {
    title: "The signature does not fit the issuer’s key",
    advice: doNotRely,
  },
  "issuer.revoked": {
    title: "The issuer’s certificate has been withdrawn",
    advice: `Ask them to have the card issued again in their app. Until then, ask for another identity document.`,
  },
  "issuer.crl_stale": {
    title: "The list of withdrawn certificates is out of date",
    advice: "Update this desk’s issuer data and check again. If it cannot wait, ask for the plastic card.",
  },
  "issuer.training_only": {
    title: "This is a training card",
    advice: "Training cards are not valid for real checks. Ask for the real card.",
  },
  "signature.missing": { title: "The issuer’s signature is missing", advice: doNotRely },
  "signature.algorithm_refused": {
    title: "The signature method is not accepted",
    advice: doNotRely,
  },
  "signature.invalid": { title: "The issuer’s signature does not match", advice: doNotRely },
  "digest.missing": {
    title: "An item is not covered by the issuer’s signature",
    advice: doNotRely,
  },
  "digest.mismatch": { title: "The details differ from what was issued", advice: doNotRely },
  "digest.unused": {
    title: "The code contains an item that was not issued with this card",
    advice: doNotRely,
  },
  "validity.window_missing": {
    title: "The card does not say how long it is valid",
    advice: otherDocument,
  },
  "validity.not_yet": {
    title: "The card is not valid yet",
    advice:
      "Check the date on this computer. If it is right, ask for another identity document.",
  },
  "validity.expired": {
    title: "The card has expired",
    advice: "Ask them to renew it in their app, or ask for another identity document.",
  },
  "status.missing": {
    title: "The card does not name a status list",
    advice: `${notAgainstCard} ${otherDocument}`,
  },
  "status.list_unknown": {
    title: "No status list for this card on this desk",
    advice: `${notAgainstCard} Ask for another identity document and have this desk’s lists updated.`,
  },
  "status.list_invalid": {
    title: "The status list on this desk cannot be used",
    advice: `${notAgainstCard} Ask for another identity document and tell the person in charge of this desk.`,
  },
  "status.index_out_of_range": {
    title: "The card has no place on the issuer’s status list",
    advice: doNotRely,
  },
  "status.stale": {
    title: "The status list on this desk is too old",
    advice: `${notAgainstCard} Have the list updated. Until then, ask for another identity document.`,
  },
  "status.suspended": {
    word: "Not today",
    title: "This card is not accepted today",
    advice:
      "Ask the holder to open their app; it tells them what to do. You may accept another identity document.",
  },
  "status.revoked": {
    title: "This card is no longer in use",
    advice: "Ask for another identity document. The holder can ask the issuer about it.",
  },
  "status.unknown_value": {
    title: "The card’s status could not be understood",
    advice: `${notAgainstCard} ${otherDocument}`,
  },
  "holder.proof_missing": {
    title: "The phone’s own proof is missing",
    advice: "Ask them to show the live code in their app, not a picture of it.",
  },
  "holder.proof_invalid": {
    title: "The code does not come from the phone this card is on",
    advice:
      "Ask them to show a new code on their own phone. If it happens again, ask for another identity document.",
  },
  "holder.too_old": {
    title: "This code is too old",
    advice:
      "Ask them to refresh the code in their app and show it right away. Screenshots and printouts do not work.",
  },
  "holder.from_future": {
    title: "The code is dated in the future",
    advice: "Check the clocks of this computer and of the phone, then ask for a new code.",
  },
  "holder.challenge_mismatch": {
    title: "The code answers a different request",
    advice: "Ask them to scan this desk’s request again and show the new code.",
  },
  "holder.challenge_missing": {
    word: "One more step",
    title: "The code does not answer this desk’s request",
    advice:
      "Ask them to scan the code on the customer screen with their ID app, then show the new code.",
  },
  "holder.replayed": {
    title: "This code was already used",
    advice: "A code works once. Ask them to make a new code in their app.",
  },
  "holder.wrong_purpose": {
    title: "The code was made for another purpose or another place",
    advice: "Check the purpose chosen on this screen, then ask for a new code.",
  },
  "purpose.type_not_accepted": {
    word: "Other card",
    title: "This purpose needs a different kind of card",
    advice: "Nothing is wrong with the card itself. Ask for a card this purpose accepts.",
  },
  "purpose.attribute_missing": {
    title: "An item this purpose needs was not sent",
    advice: "Ask them to share the items listed for this purpose and show a new code.",
  },
  "purpose.condition_not_met": {
    word: "Condition not met",
    title: "The card is genuine; the condition is not met",
    advice:
      "The card is genuine and current. It shows that the person does not meet what this purpose asks for.",
  },
  "clock.behind": {
    title: "This computer’s clock is wrong",
    advice: `${notAgainstCard} Ask for another identity document and have the date and time of this computer set right.`,
  },
  "desk.bundle_missing": {
    title: "No trust list on this desk",
    advice: `${notAgainstCard} Ask for another identity document and have a trust list imported.`,
  },
  "desk.bundle_expired": {
    title: "The trust list on this desk has ended",
    advice: `${notAgainstCard} Ask for another identity document and have a new trust list imported.`,
  },
  "desk.internal": {
    title: "Something went wrong on this desk",
    advice:
      "Scan once more. If it happens again, ask for another identity document and tell the person in charge of this desk.",
  },
};
