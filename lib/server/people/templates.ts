import { randomBytes } from 'node:crypto';
import { identityLimits, type Template, type TemplateRequest } from '../../contract/identities.ts';
import type { TemplateTable } from '../../store/people-tables.ts';
import * as rows from '../../store/template.ts';
import { firstAccountId, type SignedIn } from '../session.ts';
import { store } from '../store.ts';

/** The person's templates, by name. */
export async function listTemplates(signedIn: SignedIn): Promise<Template[]> {
  return (await rows.listTemplates(await store(), firstAccountId(signedIn))).map(translate);
}

export async function createTemplate(signedIn: SignedIn, wanted: TemplateRequest): Promise<Template> {
  const row = rowOf(signedIn, randomBytes(12).toString('base64url'), wanted);
  await rows.insertTemplate(await store(), row, identityLimits.templates);
  return translate(row);
}

/** Throws `notFound`. */
export async function updateTemplate(signedIn: SignedIn, id: string, wanted: TemplateRequest): Promise<Template> {
  const row = rowOf(signedIn, id, wanted);
  await rows.changeTemplate(await store(), row);
  return translate(row);
}

/** Throws `notFound`. */
export async function deleteTemplate(signedIn: SignedIn, id: string): Promise<void> {
  await rows.deleteTemplate(await store(), { id, account_id: firstAccountId(signedIn) });
}

const rowOf = (signedIn: SignedIn, id: string, wanted: TemplateRequest): TemplateTable => ({
  ...wanted,
  id,
  account_id: firstAccountId(signedIn),
  updated_at_ms: Date.now(),
});

const translate = ({ id, name, subject, text, html, updated_at_ms }: TemplateTable): Template => ({
  id,
  name,
  subject,
  text,
  html,
  updatedAt: new Date(updated_at_ms).toISOString(),
});
