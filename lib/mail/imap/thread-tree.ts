import { baseSubjectOf } from '../../text/base-subject.ts';

/** What a message's header says of its conversation. `sentAtMs` orders, NaN where no date is known. */
export interface ThreadHead {
  uid: number;
  messageId: string | null;
  /** References, else the first of In-Reply-To (RFC 5256 §3). */
  references: readonly string[];
  subject: string;
  sentAtMs: number;
}

/** A message in its conversation, or a gap (`head` null) where one is named that is not here. */
export interface ThreadNode {
  head: ThreadHead | null;
  children: ThreadNode[];
}

interface Container extends ThreadNode {
  children: Container[];
  parent: Container | null;
}

/** A chain of this length is somebody's joke: beyond it nothing is linked. */
const maxDepth = 1_000;
const maxReferences = 50;

/**
 * Threads as REFERENCES has them (RFC 5256 §3), of messages in their order in the mailbox; without `bySubject`, as REFS
 * does, those alone that name one another. Nothing here recurses, so that depth costs no stack.
 */
export function threadByReferences(heads: readonly ThreadHead[], { bySubject }: { bySubject: boolean }): ThreadNode[] {
  const root: Container = { head: null, children: [], parent: null };
  for (const container of link(heads)) if (container.parent === null) root.children.push(container);
  prune(root);
  sortByDate(root.children);
  if (bySubject) root.children = mergeBySubject(root.children);
  for (const node of within(root.children)) sortByDate(node.children);
  sortByDate(root.children);
  return root.children;
}

/** Every message below these, and the gaps, parents first. */
export function* within<T extends { children: T[] }>(nodes: readonly T[]): Generator<T> {
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    for (const child of node.children) open.push(child);
  }
}

/** Step 1: each below the last that it answers, the answered ones in their chain. */
function link(heads: readonly ThreadHead[]): Iterable<Container> {
  const byId = new Map<string, Container>();
  const all: Container[] = [];
  const make = (head: ThreadHead | null): Container => {
    const container: Container = { head, children: [], parent: null };
    all.push(container);
    return container;
  };
  const named = (id: string): Container => {
    const known = byId.get(id) ?? make(null);
    byId.set(id, known);
    return known;
  };
  for (const head of heads) {
    const known = head.messageId === null ? undefined : byId.get(head.messageId);
    // A Message-ID that another message has already names that one alone.
    const own = known?.head === null ? known : make(head);
    own.head = head;
    if (head.messageId !== null && known === undefined) byId.set(head.messageId, own);
    let last: Container | null = null;
    for (const id of endsOf(head.references)) {
      const next = named(id);
      if (last !== null && next.parent === null && mayHold(last, next)) adopt(last, next);
      last = next;
    }
    // What others' chains say of its parent was a guess; its own word counts.
    if (own.parent !== null) own.parent.children.splice(own.parent.children.indexOf(own), 1);
    own.parent = null;
    if (last !== null && mayHold(last, own)) adopt(last, own);
  }
  return all;
}

/** Of a long chain the beginning and the end. */
const endsOf = (ids: readonly string[]): readonly string[] =>
  ids.length <= maxReferences ? ids : [...ids.slice(0, 1), ...ids.slice(1 - maxReferences)];

function adopt(parent: Container, child: Container): void {
  child.parent = parent;
  parent.children.push(child);
}

/** False where the link would close a circle, or the chain be too long. */
function mayHold(parent: Container, child: Container): boolean {
  if (parent === child) return false;
  if (child.children.length === 0) return true;
  let depth = 0;
  for (let above = parent.parent; above !== null; above = above.parent) {
    depth += 1;
    if (above === child || depth > maxDepth) return false;
  }
  return true;
}

/** Step 3: gaps go, and what is below them moves up; one that joins several at the top stays. */
function prune(root: Container): void {
  const parentsFirst = [...within(root.children)];
  for (const node of parentsFirst.reverse()) node.children = node.children.flatMap((child) => kept(child, true));
  root.children = root.children.flatMap((child) => kept(child, false));
}

const kept = (node: Container, isInside: boolean): Container[] =>
  node.head !== null || (!isInside && node.children.length > 1) ? [node] : node.children;

const dateOf = (node: ThreadNode): number => (node.head ?? node.children[0]?.head)?.sentAtMs ?? Number.NaN;

function sortByDate(nodes: ThreadNode[]): void {
  for (const node of nodes) if (node.head === null) node.children.sort(byDate);
  nodes.sort(byDate);
}

function byDate(a: ThreadNode, b: ThreadNode): number {
  const [first, second] = [dateOf(a), dateOf(b)];
  return first === second || Number.isNaN(first - second) ? uidOf(a) - uidOf(b) : first - second;
}

const uidOf = (node: ThreadNode): number => (node.head ?? node.children[0]?.head)?.uid ?? 0;

/** Step 5: threads about the same join, an answer below what it answers. */
function mergeBySubject(threads: Container[]): Container[] {
  const bySubject = new Map<string, Container>();
  for (const thread of threads) {
    const subject = keyOf(thread);
    const known = bySubject.get(subject);
    const isBetter =
      known === undefined ||
      (thread.head === null && known.head !== null) ||
      (known.head !== null && isAnswer(known) && thread.head !== null && !isAnswer(thread));
    if (subject !== '' && isBetter) bySubject.set(subject, thread);
  }
  const merged = new Set(threads);
  for (const thread of threads) {
    const subject = keyOf(thread);
    const known = bySubject.get(subject);
    if (known === undefined || known === thread || !merged.has(thread)) continue;
    merged.delete(thread);
    if (known.head === null) known.children.push(...(thread.head === null ? thread.children : [thread]));
    else if (isAnswer(thread) && !isAnswer(known)) known.children.push(thread);
    else {
      const joined: Container = { head: null, children: [known, thread], parent: null };
      bySubject.set(subject, joined);
      merged.delete(known);
      merged.add(joined);
    }
  }
  return [...merged];
}

const subjectOf = (thread: ThreadNode): string => (thread.head ?? thread.children[0]?.head)?.subject ?? '';
const keyOf = (thread: ThreadNode): string => baseSubjectOf(subjectOf(thread)).toLowerCase();

const listNames = /^(?:\[[^[\]]*\]\s*)+/;

/** It says itself that it answers or forwards (RFC 5256 §2.1). */
const isAnswer = (thread: ThreadNode): boolean => {
  const subject = subjectOf(thread).slice(0, 500).replace(/\s+/g, ' ').trim().replace(listNames, '');
  return subject !== baseSubjectOf(subject);
};
