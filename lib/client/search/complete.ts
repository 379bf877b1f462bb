import type { EmailAddress, Label } from '../../mail/model.ts';
import { shiftDay } from '../../mail/query/day.ts';
import { foldText } from '../../text/tokens.ts';
import { labelQuery } from '../labels/query.ts';

/** What may stand where something is being typed; `text` is the whole line with it. */
export type Completion = { text: string } & (
  | { type: 'operator'; operator: string }
  | { type: 'person'; person: EmailAddress }
  | { type: 'folder'; name: string }
  | { type: 'label'; label: Label }
  | { type: 'state'; state: (typeof states)[number] }
  | { type: 'attachment' }
  | { type: 'day'; span: (typeof spans)[number] }
  | { type: 'size'; size: string }
);

/** What a search can name. */
export interface Nameable {
  /** Whom the value may mean, likeliest first. */
  people: readonly EmailAddress[];
  folders: readonly string[];
  labels: readonly Label[];
  /** `YYYY-MM-DD`. */
  today: string;
}

const operators = ['from', 'to', 'subject', 'in', 'has', 'is', 'label', 'before', 'after', 'larger', 'smaller'];
const states = ['unread', 'read', 'flagged', 'unflagged', 'answered', 'unanswered', 'draft', 'forwarded'] as const;
const spans = ['7d', '1m', '1y'] as const;
const sizes = ['1M', '5M', '20M'];
const most = 8;

/** What is typed at the end of a line: an operator and its value so far, or a word; `before` is the rest. Null inside of a phrase. */
export function endOfLine(text: string): { before: string; operator: string | null; value: string } | null {
  const match = /(?:^|(?<=[\s(]))-?(?:([a-z_]+):)?("[^"]*|[^\s()":]*)$/i.exec(text);
  if (match === null) return null;
  const [whole, operator = null, typed = ''] = match;
  if (operator === null && typed.startsWith('"')) return null;
  const before = text.slice(0, match.index) + (whole.startsWith('-') ? '-' : '');
  return { before, operator: operator?.toLowerCase() ?? null, value: typed.replace(/^"/, '') };
}

/** What the line may mean to go on with, at most eight; nothing where it is whole. */
export function completionsOf(text: string, { people, folders, labels, today }: Nameable): Completion[] {
  const end = endOfLine(text);
  if (end === null) return [];
  const { before, operator, value } = end;
  const wanted = foldText(value);
  const has = (name: string) => foldText(name).includes(wanted);
  const line = (words: string) => `${before}${words} `;
  const named = (name: string) => line(`${operator}:${/^[\p{L}\p{N}@._+-]+$/u.test(name) ? name : `"${name}"`}`);
  const all = (): Completion[] => {
    switch (operator) {
      case null:
        return operators
          .filter((one) => wanted.length > 1 && one.startsWith(wanted))
          .map((one) => ({ type: 'operator', operator: one, text: `${before}${one}:` }));
      case 'from':
      case 'to':
        return people.map((person) => ({ type: 'person', person, text: named(person.email) }));
      case 'in':
        // A quotation mark cannot be said in a search.
        return folders
          .filter((name) => has(name) && !/["“”„«»]/.test(name))
          .map((name) => ({ type: 'folder', name, text: named(name) }));
      case 'label':
        return labels
          .filter(({ name }) => has(name))
          .map((label) => ({ type: 'label', label, text: line(labelQuery(label)) }));
      case 'is':
        return states.filter(has).map((state) => ({ type: 'state', state, text: named(state) }));
      case 'has':
        return ['attachment'].filter(has).map((name) => ({ type: 'attachment', text: named(name) }));
      case 'before':
      case 'after':
        return value !== ''
          ? []
          : spans.map((span) => ({ type: 'day', span, text: named(shiftDay(today, span) ?? today) }));
      case 'larger':
      case 'smaller':
        return value !== '' ? [] : sizes.map((size) => ({ type: 'size', size, text: named(size) }));
      default:
        return [];
    }
  };
  return all()
    .filter((one) => one.text.trim() !== text.trim())
    .slice(0, most);
}
