export type LabelView = { ko: string; en: string };
