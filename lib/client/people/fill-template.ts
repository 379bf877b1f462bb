import type { EmailAddress } from '../../mail/model.ts';

/** What a template is filled in from. `date` is as the person reads it. */
export interface TemplateFacts {
  recipient: EmailAddress | undefined;
  sender: EmailAddress;
  date: string;
}

const field = /\{\{\s*([^{}\n]{1,80}?)\s*\}\}/g;

/** The fields of these texts that only the person can fill in, each once. */
export function freeFields(...texts: string[]): string[] {
  const names = texts.flatMap((text) => Array.from(text.matchAll(field), ([, name = '']) => name));
  return [...new Set(names)].filter((name) => !known.has(name));
}

/** A text with its fields filled in; what nobody knows is left empty. */
export function fillTemplate(text: string, facts: TemplateFacts, answers: ReadonlyMap<string, string>): string {
  return text.replace(field, (_, name: string) => known.get(name)?.(facts) ?? answers.get(name) ?? '');
}

const nameOf = (person: EmailAddress | undefined): string => person?.name ?? '';

const known = new Map<string, (facts: TemplateFacts) => string>([
  ['recipient.name', ({ recipient }) => nameOf(recipient) || (recipient?.email ?? '')],
  ['recipient.firstName', ({ recipient }) => firstNameOf(nameOf(recipient))],
  ['sender.name', ({ sender }) => nameOf(sender) || sender.email],
  ['date', ({ date }) => date],
]);

/** "Lovelace, Ada" is Ada too. */
function firstNameOf(name: string): string {
  const [before = '', after] = name.split(',', 2).map((part) => part.trim());
  return (after === undefined || after === '' ? before : after).split(/\s+/)[0] ?? '';
}
