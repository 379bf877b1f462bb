import type { answeringKeywords, EmailAddress } from '../../mail/model.ts';

/** What a person is writing, as the composer, this device and the server's drafts all have it. */
export interface Written {
  accountId: string;
  from: EmailAddress;
  replyTo: EmailAddress[];
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  /** Plain text: `text` is what counts, else `html`. */
  isPlain: boolean;
  text: string;
  /** Sanitised; pictures of the message itself by `cid:`. */
  html: string;
  /** What is answered or passed on, below what was written; null in plain text, where it stands in `text`. */
  quote: Quote | null;
  files: WrittenFile[];
  /** Without brackets; the same from the first draft to the sent message, so that it is sent once. */
  messageId: string;
  /** The version on the server that the next one replaces. */
  draftId: string | null;
  inReplyTo: string[];
  references: string[];
  /** Messages that are marked once this one was taken. */
  answers: { messageId: string; keyword: (typeof answeringKeywords)[number] }[];
  priority: 'high' | 'normal' | 'low';
  wantsReadReceipt: boolean;
  wantsDeliveryReport: boolean;
  /** Not before this, ISO 8601; null: now. */
  sendAt: string | null;
}

/** Nothing written yet. */
export const emptyWritten = (begun: Pick<Written, 'accountId' | 'from' | 'isPlain' | 'messageId'>): Written => ({
  ...begun,
  replyTo: [],
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  html: '',
  quote: null,
  files: [],
  draftId: null,
  inReplyTo: [],
  references: [],
  answers: [],
  priority: 'normal',
  wantsReadReceipt: false,
  wantsDeliveryReport: false,
  sendAt: null,
});

/** Somebody else's words, sanitised, with remote pictures where they were and the line that says whose they are. */
export interface Quote {
  html: string;
}

/** A file that goes along. */
export interface WrittenFile {
  /** Of this composer alone. */
  key: string;
  name: string;
  type: string;
  sizeBytes: number;
  /** With it, the file is a picture in the text. */
  cid: string | null;
  source: FileSource;
  /** Where it is in the draft that was saved last. */
  part: { messageId: string; partId: string } | null;
}

/** Where the bytes of a file are. `waiting`: on this device alone, until they are uploaded. */
export type FileSource =
  | { kind: 'waiting' }
  | { kind: 'upload'; uploadId: string }
  | { kind: 'part'; messageId: string; partId: string }
  | { kind: 'message'; messageId: string };
