/** Whether a text is an address as the API takes it: one @ with something on both sides (RFC 5321 §4.1.2). */
export const isAddress = (text: string): boolean =>
  /^[^\s<>,;:"()[\]\\@\p{Cc}]+@[^\s<>,;:"()[\]\\@\p{Cc}]+$/u.test(text.trim()) && text.trim().length <= 320;
