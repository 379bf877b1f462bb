/** An address without the detail that stands behind a plus (RFC 5233 §1): mail to both is of one mailbox. */
export const withoutDetail = (email: string): string => email.replace(/^([^+@]+)\+[^@]*(?=@)/, '$1');

/** Whether two addresses are one, whatever their case. */
export const isSameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether an address is one of these, with or without a detail of its own. */
export const isAmong = (email: string, own: readonly string[]): boolean =>
  own.some((one) => isSameAddress(one, email) || isSameAddress(one, withoutDetail(email)));
