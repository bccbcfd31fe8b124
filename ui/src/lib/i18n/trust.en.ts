import type { TrustMessages } from "./trust";

const copyAgain = "Copy the whole folder of the trust list again, then import it.";
const askPublisher = "Get the list from its publisher once more, then import it.";

export const trustEn: TrustMessages = {
  title: "What this desk trusts",
  open: "Show what this desk trusts",
  close: "Close",
  loading: "Loading.",
  source: {
    built_in: "This is the training trust list that comes with the program.",
    bundle: "A trust list with checked signatures is in use.",
    files: "There is no trust list; files named one by one in the settings are in use.",
    missing: "There is no trust list yet.",
    damaged: "The installed trust list cannot be used.",
  },
  next: {
    missing: "Plug in the USB stick that has the trust list and choose “Import from a folder”.",
    damaged: "No card can be checked until a new list is imported.",
  },
  facts: "The list in use",
  name: "Name",
  version: "Version",
  versionOf: (version) => `Version ${version}`,
  rootVersion: "Root key version",
  issued: "Issued",
  due: "Next due",
  ends: "Ends",
  ago: (age) => `${age} ago`,
  within: (age) => `in ${age}`,
  overdue: (age) => `${age} overdue`,
  ended: (age) => `ended ${age} ago`,
  none: "none",
  signers: "Who signed",
  role: "Role",
  roles: {
    root: "Root keys",
    timestamp: "Time of issue",
    snapshot: "Set of files",
    targets: "Contents of files",
  },
  signatures: "Signed / needed",
  signed: (signed, needed) => `${signed} / ${needed}`,
  actions: "Get a new list",
  importFolder: "Import from a folder…",
  update: "Update now",
  updating: "Fetching the trust list",
  bytes: (done, of) => `${done} of ${of}`,
  updates: {
    running: { title: "The trust list is being fetched", advice: "Checks can go on meanwhile." },
    fetched: { title: "A new list is here", advice: "Its signatures are checked before it is used." },
    unchanged: { title: "There is no newer list", advice: "The one in use is the latest." },
    network: {
      title: "The server could not be reached",
      advice: "Check the network and try again, or import from a folder.",
    },
    refused: {
      title: "The list on the server cannot be used",
      advice: "Try again later. If it happens again, tell the person in charge of this desk.",
    },
    disk: {
      title: "The new list could not be saved",
      advice: "Free some space on this computer and try again.",
    },
    busy: { title: "A list is being fetched already", advice: "Try again when that has finished." },
    failed: {
      title: "The update could not be started",
      advice: "Import from a folder. If it happens again, tell the person in charge of this desk.",
    },
  },
  watched: "A new list put into this folder is imported by itself.",
  notWatched: "No folder is set to be watched for new lists.",
  drop: "You can also drop the folder of a list on this window.",
  sections: "Go to",
  issuers: "Issuers",
  issuer: "Issuer",
  filter: "Find by name, country or card type",
  filtered: (shown, all) => `${shown} of ${all}`,
  noIssuers: "There are no issuers.",
  noMatch: "No issuer fits.",
  more: (count) => `Show ${count} more`,
  listedOnly: "Listed elsewhere",
  listedOnlyWhy: "Only the issuer list of another body names it.",
  docTypes: "Card types",
  crl: "Withdrawn certificates",
  noCrl: "none",
  lists: "Status lists",
  list: "Address",
  noLists: "There are no status lists.",
  entries: "Cards",
  identifiers: (count) => `${count} withdrawn`,
  history: "Past imports",
  noHistory: "Nothing has been imported yet.",
  imported: {
    installed: { title: "The new trust list is in use", advice: "The next check goes by it." },
    unchanged: { title: "This trust list was in use already", advice: "Nothing has changed." },
    "bundle.missing": {
      title: "There is no trust list in this folder",
      advice: "Look for the folder that has a folder named metadata in it, and choose that one.",
    },
    "bundle.unreadable": {
      title: "The trust list could not be read to its end",
      advice: "Plug the USB stick in again and import once more.",
    },
    "bundle.malformed": { title: "The trust list is not written as it has to be", advice: askPublisher },
    "bundle.wrong_key": {
      title: "The list is not signed with a key this desk knows",
      advice: "Check that the list is meant for this desk, and show this to the person in charge of it.",
    },
    "bundle.below_threshold": {
      title: "The list has fewer signatures than it needs",
      advice: "Ask its publisher for a list with all signatures.",
    },
    "bundle.older": {
      title: "This list is older than the one in use",
      advice: "Import the list that came last.",
    },
    "bundle.mixed": { title: "Files of different versions are mixed", advice: copyAgain },
    "bundle.expired": {
      title: "This trust list has ended",
      advice: "Get the latest list from its publisher, then import it.",
    },
    "bundle.target_missing": { title: "A file of the trust list is missing", advice: copyAgain },
    "bundle.target_wrong": {
      title: "A file is not what was signed",
      advice: `The copy may have been cut short. ${copyAgain}`,
    },
    "bundle.target_too_long": { title: "A file is longer than what was signed", advice: copyAgain },
    "bundle.target_name": {
      title: "The list has a file name that cannot be used",
      advice: "Tell its publisher and ask for a list without it.",
    },
    "bundle.too_large": {
      title: "The trust list is too large",
      advice: "Tell its publisher and ask for a smaller one.",
    },
    "bundle.manifest": { title: "The list does not say when it was issued", advice: askPublisher },
    "bundle.root": {
      title: "The root key file of this desk cannot be used",
      advice: "Ask the person in charge of this desk to install the root key again.",
    },
    "bundle.training_root": {
      title: "The training root key is installed on this desk",
      advice: "Ask the person in charge of this desk to install the key for real checks.",
    },
    "bundle.busy": {
      title: "Another trust list is being imported",
      advice: "Import this one when that has finished.",
    },
    "bundle.disk_full": {
      title: "The disk of this computer is full",
      advice: "Delete files that are not needed, then import again.",
    },
    "bundle.read_only": {
      title: "The program may not write in its folder",
      advice: "Ask the person in charge of this desk to allow writing there.",
    },
    "bundle.store": {
      title: "The folder of the program cannot be used",
      advice:
        "Close this window and open it again. If it happens again, tell the person in charge of this desk.",
    },
  },
  kept: (version) => `The list in use (version ${version}) stays.`,
  culprit: "File concerned",
  versions: (before, version) =>
    before !== null && version !== null
      ? `Version ${before} → ${version}`
      : `Version ${version ?? before ?? "-"}`,
  changes: "What changed",
  change: { added: "added", changed: "changed", removed: "removed" },
  changed: {
    added: (count) => `${count} added`,
    changed: (count) => `${count} changed`,
    removed: (count) => `${count} removed`,
  },
  nothingChanged: "No file changed.",
  leftOut: (count) => `${count} not used`,
  part: {
    manifest: "Details of issue",
    anchors: "Issuer settings",
    anchor: "Issuer certificates and keys",
    crl: "Withdrawn certificates",
    status: "Status list",
    health: "Withdrawn health certificates",
    card: "Card types",
    table: "Tables",
    purpose: "Purposes",
    site_purpose: "Purposes of this site",
    other: "Other files",
  },
  details: "Details",
  dismiss: "Close this notice",
  lead: {
    ends: (what, age) => `${what}: ends in ${age}`,
    ended: (what, age) => `${what}: ended ${age} ago`,
    list: "Trust list",
    none: "Trust list: none",
  },
  alarmOpen: "Get a new list",
  clock: {
    title: "This computer’s clock is wrong",
    advice: "No card is accepted until it is right. Set the date and time, or ask the person in charge of this desk.",
  },
  alarm: {
    expired: {
      title: "The trust list has ended",
      advice: "No card is accepted until a new list is imported.",
    },
    part: {
      title: "A part of the trust list has ended",
      advice: "Cards that depend on it cannot be checked. Import a new list.",
    },
    missing: {
      title: "There is no trust list on this desk",
      advice: "No card is accepted until a list is imported.",
    },
    damaged: {
      title: "The trust list on this desk cannot be used",
      advice: "No card is accepted until the list is imported again.",
    },
  },
};
