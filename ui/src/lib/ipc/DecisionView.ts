export type DecisionView = {
  rule: "age_over" | "stay_valid_on";
  argument: string;
  yes: boolean;
};
