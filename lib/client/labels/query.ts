import type { Label } from '../../mail/model.ts';

/** The search for a label by its name; by its keyword where the name cannot be quoted. */
export function labelQuery({ name, keyword }: Pick<Label, 'name' | 'keyword'>): string {
  if (/^(?!(OR|AND|NOT)$)[\p{L}\p{N}]+$/u.test(name)) return `label:${name}`;
  return `label:"${/["“”„«»]/.test(name) ? keyword : name}"`;
}
