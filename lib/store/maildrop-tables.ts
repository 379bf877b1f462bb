/** The rows that POP3 accounts keep here; made by migrations/0002-maildrop.ts. */
// biome-ignore lint/suspicious/noEmptyInterface: the tables follow with the maildrop
export interface MaildropTables {}
