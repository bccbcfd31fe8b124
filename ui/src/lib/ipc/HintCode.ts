export type HintCode =
  | "unrecognised"
  | "web_link"
  | "korean_mobile_id"
  | "mdoc_engagement"
  | "newer_version"
  | "picture_without_code"
  | "picture_too_large"
  | "picture_unreadable"
  | "picture_animated"
  | "no_purpose";
