import { call, randomKey } from '../api.ts';
import { asApiError } from '../api-error.ts';
import { compositionOf, filesOf } from './request.ts';
import type { Written, WrittenFile } from './written.ts';

/** One try to save what was written when `version` was the last change of it. */
interface Attempt {
  written: Written;
  version: number;
  key: string;
}

/**
 * The versions of one draft on the server, each in the place of the one before. What nobody answered may be there: it is asked for
 * again, by its key, before anything later is saved; else it would stand beside it as somebody else's version.
 */
export function createDraftWriter(accountId: string) {
  let unanswered: Attempt | null = null;
  /** An earlier version that the server did not remove. */
  let left: string | null = null;
  const make = async (attempt: Attempt) => {
    unanswered = attempt;
    const draft = await writeDraft(attempt).catch((thrown: unknown) => {
      if (asApiError(thrown).code !== 'offline') unanswered = null;
      throw thrown;
    });
    unanswered = null;
    return { ...draft, version: attempt.version };
  };
  /** The id of what nobody answered; null where there is no such version. Throws where nobody answers now. */
  const askAgain = async (): Promise<string | null> => {
    if (unanswered === null) return null;
    try {
      return (await make(unanswered)).id;
    } catch (thrown) {
      // Refused, it is not there.
      if (asApiError(thrown).code === 'offline') throw thrown;
      return null;
    }
  };
  /** Whether the server has it no more. Throws where it was not reached. */
  const isGone = async (draftId: string): Promise<boolean> => {
    try {
      await call('deleteDraft', { params: { accountId, draftId } });
      return true;
    } catch (thrown) {
      const { code } = asApiError(thrown);
      if (code === 'offline') throw thrown;
      return code === 'notFound' || code === 'stale';
    }
  };
  return {
    /** Null: what is left of earlier versions cannot be removed yet, and no more is put beside it until the last. */
    async write(written: Written, version: number, isLast: boolean) {
      const wasLeft = left;
      if (left !== null && (await isGone(left))) left = null;
      else if (left !== null && !isLast) return null;
      const draft = await make(unanswered ?? { written, version, key: randomKey() });
      left = draft.left?.id ?? left;
      return { ...draft, otherId: draft.otherId === wasLeft ? null : draft.otherId, isLeft: left !== null };
    },
    /** Deletes what there is of it. Throws where that is not possible. */
    async discard(draftId: string | null): Promise<void> {
      const ids = [draftId, left, await askAgain()].filter((id) => id !== null);
      const deleting = ids.map((id) => call('deleteDraft', { params: { accountId, draftId: id } }));
      for (const one of await Promise.allSettled(deleting)) {
        const code = one.status === 'fulfilled' ? 'notFound' : asApiError(one.reason).code;
        if (one.status === 'rejected' && code !== 'notFound' && code !== 'stale') throw one.reason;
      }
    },
  };
}

/** Where an uploaded file or the earlier version is gone, takes the files from where they still are. */
async function writeDraft({ written, key }: Attempt) {
  const { accountId, draftId } = written;
  const write = (isFromDraft: boolean) => {
    const body = compositionOf(written, isFromDraft);
    const once = isFromDraft ? `${key}-parts` : key;
    return draftId === null
      ? call('createDraft', { params: { accountId }, body, key: once })
      : call('replaceDraft', { params: { accountId, draftId }, body, key: once });
  };
  const hasParts = written.files.some(({ part }) => part !== null);
  const draft = await write(false).catch((thrown: unknown) => {
    if (hasParts && asApiError(thrown).code === 'notFound') return write(true);
    throw thrown;
  });
  const parts = filesOf(written).map(({ key: file }, at) => [file, draft.attachments[at] ?? null] as const);
  return { ...draft, parts: new Map(parts) };
}

/** What is written, as it stands in the draft that was saved. */
export function inDraft(written: Written, draftId: string, parts: ReadonlyMap<string, string | null>): Written {
  const files = written.files.map((file): WrittenFile => {
    const partId = parts.get(file.key);
    if (partId == null) return file;
    const part = { messageId: draftId, partId };
    // A part of the version before has gone with it.
    return { ...file, part, source: file.source.kind === 'part' ? { kind: 'part', ...part } : file.source };
  });
  return { ...written, draftId, files };
}
