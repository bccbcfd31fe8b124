import type { ForeignHints } from "./messages";

const askForCode = "Ask for the presentation code in their ID app.";
const askForCodeOrCard = "Ask for the presentation code, or for the card itself.";
const notHere = "It cannot be checked here.";

/** What is no presentation: what it is, and what the clerk does next. */
export const hintsEn: ForeignHints = {
  unrecognised: {
    title: "This is not an identity presentation",
    advice: `${askForCode} If the code is printed on a card, check the card itself.`,
  },
  newer_version: {
    title: "This code was made for a newer version of Hwagin",
    advice: "Update this desk. Until then, ask for the card.",
  },
  part: {
    title: "This is one picture of a code that moves",
    advice: "Ask them to hold the phone itself in front of the camera.",
  },
  desk_challenge: {
    title: "This is the code that a desk shows its customers",
    advice: "The customer's phone reads it. Ask to see the code that the phone shows then.",
  },
  korean_mobile_id: {
    title: "This is the online Korean mobile ID code",
    advice: "Use the official verifier app (검증앱), or ask for the card.",
  },
  korean_mobile_id_nearby: {
    title: "This is the Korean mobile ID code for Bluetooth",
    advice:
      "This desk does not use Bluetooth. Use the official verifier app (검증앱), or ask for the card.",
  },
  korean_mobile_id_verifier: {
    title: "This is an office’s request for a Korean mobile ID",
    advice: `It is not the ID of whoever shows it. ${askForCodeOrCard}`,
  },
  mdoc_engagement: {
    title: "This mobile ID code starts a wireless transfer",
    advice: `This desk does not use one. ${askForCodeOrCard}`,
  },
  wallet_request: {
    title: "This is somebody’s request for an ID",
    advice: `It is not the ID of whoever shows it. ${askForCodeOrCard}`,
  },
  wallet_offer: {
    title: "This code puts a certificate into a wallet",
    advice: `Ask them to close it, since whoever scans it may get the certificate. ${askForCode}`,
  },
  web_token: {
    title: "This is a proof in a form for online use",
    advice: `${notHere} ${askForCodeOrCard}`,
  },
  health_certificate: {
    title: "This is a health certificate of a kind that is not read here",
    advice: `${notHere} Ask for an ID if you need one.`,
  },
  health_link: {
    title: "This code leads to health records",
    advice: "They were not opened. Ask for an ID if you need one.",
  },
  icao_seal: {
    title: "This is the digital seal of a visa or travel paper",
    advice: `${notHere} Check the passport or the paper itself.`,
  },
  aadhaar: {
    title: "This is the code of an Indian ID (Aadhaar)",
    advice: `${notHere} Ask for the passport or the foreigner registration card.`,
  },
  national_card: {
    title: "This is the code on another country’s ID card",
    advice: `${notHere} Ask for the passport or the foreigner registration card.`,
  },
  other_credential: {
    title: "This is a certificate in a form that is not read here",
    advice: `${notHere} ${askForCodeOrCard}`,
  },
  account_key: {
    title: "This is a secret code for signing in or setting up a device",
    advice: `Ask them to close it before anybody else scans it. ${askForCode}`,
  },
  other_parts: {
    title: "This code comes in parts from another app",
    advice: askForCode,
  },
  payment: {
    title: "This is a code for paying",
    advice: `If it is the sign on the counter, move it out of view. ${askForCode}`,
  },
  boarding_pass: {
    title: "This is a boarding pass",
    advice: "The name on it proves nothing. Ask for an ID.",
  },
  wifi: {
    title: "This code joins a Wi-Fi network",
    advice: `If it is a notice at the desk, move it out of view. ${askForCode}`,
  },
  contact_card: {
    title: "This is a business card",
    advice: "It proves nothing about the person. Ask for an ID.",
  },
  phone_action: {
    title: "This code is for a call, a message, a place or a date",
    advice: `Nothing was done with it. ${askForCode}`,
  },
  web_link: {
    title: "This is only a web link",
    advice: `It was not opened. ${askForCode}`,
  },
  app_link: {
    title: "This code opens another app",
    advice: `It was not opened. ${askForCode}`,
  },
  plain_number: {
    title: "This code is only a number",
    advice: `A number proves nothing about the person. ${askForCodeOrCard}`,
  },
};
