import { keywordFromName } from '../../text/keyword-from-name.ts';
import { keywordPattern } from '../keyword.ts';
import type { Keyword, Label } from '../model.ts';
import type { Query } from '../query.ts';

/** The names that Thunderbird gives its own five, as a search may say them. */
const usual = new Map<string, Keyword>([
  ['important', '$label1'],
  ['work', '$label2'],
  ['personal', '$label3'],
  ['to do', '$label4'],
  ['todo', '$label4'],
  ['later', '$label5'],
]);

/**
 * What `label:text` asks for: the person's label of this name, whatever its case. A text that names none stands for
 * itself as a keyword, for the keyword that a label of this name would have, and for Thunderbird's of this name.
 */
export function parseLabel(text: string, labels: readonly Label[]): Query {
  const name = fold(text);
  const own = labels.find((label) => fold(label.name) === name);
  if (own) return isSet(own.keyword);
  const keyword = keywordPattern.test(text) ? text.toLowerCase() : keywordFromName(text);
  const common = usual.get(name);
  if (common === undefined) return isSet(keyword);
  return { type: 'or', terms: [isSet(keyword), isSet(common)] };
}

const isSet = (keyword: Keyword): Query => ({ type: 'keyword', keyword, isSet: true });
const fold = (text: string) => text.normalize('NFC').trim().toLowerCase();
