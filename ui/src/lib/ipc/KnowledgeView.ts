export type KnowledgeView = {
  issuers: number;
  lists: number;
  keysAsOf: number | null;
  statusAsOf: number | null;
  endsAt: number | null;
  now: number;
};
