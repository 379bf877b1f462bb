/** What a stream of server-sent events has told so far, read as it is asked for. */
export interface EventReader {
  /** Reads until an event holds `text`, and gives all of them so far. Throws where the stream ends before. */
  until(text: string): Promise<Told[]>;
  /** Reads to the end of the stream. */
  end(): Promise<Told[]>;
  leave(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: tests read what the contract names
export type Told = any;

export function readEvents(response: Response): EventReader {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let told = '';
  const events = (): Told[] =>
    told
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice('data: '.length)));
  const more = async () => {
    const next = await reader.read();
    if (!next.done) told += decoder.decode(next.value, { stream: true });
    return !next.done;
  };
  return {
    async until(text) {
      while (!told.includes(text) || !told.endsWith('\n\n'))
        if (!(await more())) throw new Error(`ended after: ${told}`);
      return events();
    },
    async end() {
      while (await more());
      return events();
    },
    leave: () => reader.cancel(),
  };
}
