import type { ExerciseMessages } from "./exercises";

export const exercisesEn: ExerciseMessages = {
  start: "Practise: ten people",
  leave: "End practice",
  next: "Next person",
  results: "See results",
  again: "Practise again",
  title: (number, of) => `Practice ${number} of ${of}`,
  face: "The person before you",
  meet: "The phone is being read.",
  read: "The code was read. What is on this card is not shown.",
  ask: "What do you do?",
  decisions: { accept: "Serve", refuse: "Do not serve", abstain: "Check another way" },
  right: "Right",
  wrong: "Think again",
  should: (decision) => `The right decision: ${decision}`,
  said: "What the desk said",
  score: (right, of) => `${right} of ${of} decided rightly.`,
  perfect: "All of them right.",
  missed: "Look at these again",
  people: {
    arrival: {
      comes: "Somebody comes to register and shows a phone.",
      was: "A valid card, and the person on the photo stands before you.",
      tell: "Do not look at the colour alone: compare photo and face, then go on.",
    },
    "borrowed-phone": {
      comes: "Somebody in a hurry holds out a phone.",
      was: "The card is genuine, and somebody else’s.",
      tell: "The desk sees no faces. Where the photo is another person, green does not count.",
    },
    screenshot: {
      comes: "Somebody opens a picture of a code in the album.",
      was: "A screen of ten minutes ago, not a code made now.",
      tell: "Ask them to open the app and show a new code. Pictures and videos prove nothing.",
    },
    "lost-phone": {
      comes: "Somebody shows a phone as always.",
      was: "The issuer has suspended the card: a phone may be lost, or a card being renewed.",
      tell: "Accuse nobody. Say that it cannot be used today, and that the app says why.",
    },
    expired: {
      comes: "Somebody who has not been here for long shows a phone.",
      was: "The card ended yesterday.",
      tell: "This is no forgery. Ask to renew it in the app, or for the plastic card.",
    },
    "forged-name": {
      comes: "Somebody says a name first, then shows a phone.",
      was: "The name is not the one that the issuer signed: the card was changed.",
      tell: "Read nothing out and do not argue. Do not go on; follow your house’s procedure.",
    },
    "unknown-issuer": {
      comes: "Somebody shows a driving licence from abroad.",
      was: "This desk does not know the issuer, so it cannot tell whether it is genuine.",
      tell: "It does not mean forged. Check another way: a passport, or the plastic card.",
    },
    "under-age": {
      comes: "Somebody wants to buy alcohol and shows a phone.",
      was: "The card is genuine, and its holder is under 19.",
      tell: "It is no forgery, so do not say so. Say only that you may not sell.",
    },
    "long-name": {
      comes: "Somebody with a very long name.",
      was: "A valid card. The name stands there in full, as it was signed.",
      tell: "Do not shorten or re-order it. Write it as it is on the screen.",
    },
    "short-stay": {
      comes: "Somebody wants a lease of two years and shows a phone.",
      was: "The card is genuine, and the stay ends before the lease does.",
      tell: "Do not ask for the date. Say that you can check again once the stay is extended.",
    },
  },
};
