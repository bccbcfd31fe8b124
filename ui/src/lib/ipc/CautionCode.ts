export type CautionCode =
  | "ending_soon"
  | "status_refresh_due"
  | "holder_not_proven"
  | "no_status";
