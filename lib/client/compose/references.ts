/** What the contract takes as a message id. */
const usableId = /^[^<>\s\p{Cc}]{1,200}@[^<>\s\p{Cc}]{1,48}$/u;
const mostReferences = 100;

export const isUsableId = (id: string): boolean => usableId.test(id);

/** Those that the contract takes, each once. The first names the conversation, the last what is answered: of a long one the middle can go. */
export function shortened(references: readonly string[]): string[] {
  const all = [...new Set(references.filter(isUsableId))];
  return all.length <= mostReferences ? all : [...all.slice(0, 1), ...all.slice(1 - mostReferences)];
}
