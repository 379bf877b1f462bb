import type { MailErrorCode } from '../mail/errors.ts';

/** What a person is told of an error: `title` what happened, `advice` what is safe and what to do next. */
export interface Sentence {
  title: string;
  advice: string;
}

/** The one place where a code becomes words, for the screen and for the API's problem documents. */
export const sentences: Record<MailErrorCode, Sentence> = {
  unauthenticated: {
    title: 'You are not signed in, or the mail server no longer accepts this password.',
    advice: 'Your mail is untouched. Sign in again.',
  },
  passwordRefused: {
    title: 'The mail server does not accept the password of this account.',
    advice: 'Its mail is untouched. Give its password again in the settings, under Accounts.',
  },
  forbidden: {
    title: 'This is not allowed here.',
    advice: 'Nothing was changed. Ask whoever runs the mail server if you should be able to do it.',
  },
  notFound: {
    title: 'This is no longer there.',
    advice: 'It was moved, deleted or never existed. Nothing was changed; go back to the list and look again.',
  },
  stale: {
    title: 'This message or folder has changed on the server since it was shown.',
    advice: 'Nothing was changed. The list is read again; then repeat what you wanted to do.',
  },
  invalid: {
    title: 'The request could not be understood.',
    advice: 'Nothing was changed. Correct what is named here and try again.',
  },
  conflict: {
    title: 'Something with this name, or another change at the same moment, stands in the way.',
    advice: 'Nothing was overwritten. Choose another name, or look again and repeat.',
  },
  unsupported: {
    title: 'This mail server cannot do that.',
    advice: 'Nothing was changed.',
  },
  overQuota: {
    title: 'The mailbox is full.',
    advice:
      'Nothing was lost: the messages are where they were. Delete something large or empty the Trash, then repeat.',
  },
  storageFull: {
    title: 'Posthorn has no room left to keep mail.',
    advice:
      'Nothing was lost, and nothing was removed from the mail server. Whoever runs Posthorn must free space where it keeps its data; then repeat.',
  },
  tooLarge: {
    title: 'This is larger than what is accepted.',
    advice: 'Nothing was changed. Do it in smaller steps.',
  },
  throttled: {
    title: 'Too many sign-ins or requests in a short time.',
    advice: 'Nothing was changed. Wait a little, then try again.',
  },
  busy: {
    title: 'The mail server is busy with this mailbox.',
    advice: 'Nothing was changed. Another program may be using it; try again in a moment.',
  },
  unreachable: {
    title: 'The mail server cannot be reached.',
    advice: 'Your mail is safe there. Try again in a moment; if it lasts, ask whoever runs the server.',
  },
  timeout: {
    title: 'The mail server did not answer in time.',
    advice: 'Reading changes nothing: try again. If you were changing something, look first whether it has been done.',
  },
  insecure: {
    title: 'The mail server offers no encrypted connection.',
    advice: 'Your password was not sent. Whoever runs Posthorn must turn on TLS on the mail server.',
  },
  certificate: {
    title: 'The certificate of the mail server is not valid.',
    advice: 'Your password was not sent. Whoever runs the mail server must renew or correct its certificate.',
  },
  protocol: {
    title: 'The mail server gave an answer that makes no sense.',
    advice: 'Reading changes nothing: try again. If you were changing something, look first whether it has been done.',
  },
  cancelled: {
    title: 'This was stopped.',
    advice: 'What was already done stays done; the rest was left alone.',
  },
  internal: {
    title: 'Something went wrong in Posthorn.',
    advice:
      'Your mail on the server is safe. Try again; if it happens again, give the request number to whoever runs Posthorn.',
  },
};
