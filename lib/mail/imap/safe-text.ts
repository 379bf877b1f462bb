/** Whether `text` may stand in a command: no CR, LF or NUL, which would end it and begin another. */
export const isSafeText = (text: string): boolean => !/[\r\n\0]/.test(text);
