import type { MessageWarning } from '../model.ts';
import type { MimePart } from './content.ts';
import { headersOf, type MessageHeaders } from './headers.ts';
import { createScanner, type ScanSink } from './scan.ts';
import { chunksOf, type MessageSource } from './source.ts';

/** The tree of a message and its header, without any body. */
export interface Structure {
  root: MimePart;
  headers: MessageHeaders;
  sizeBytes: number;
  warnings: MessageWarning[];
}

/**
 * Reads a message to its end and gives its tree and header; holds no body, but `sink` is told what passes. Bounds:
 * depth 50, 1,000 parts, headers 1 MiB; what lies beyond is left out with a warning. Rejects only as the source does.
 */
export async function parseStructure(source: MessageSource, sink: ScanSink = {}): Promise<Structure> {
  let headers: MessageHeaders | null = null;
  const scanner = createScanner({
    ...sink,
    onPart(part, fields, number) {
      headers ??= headersOf(fields);
      sink.onPart?.(part, fields, number);
    },
  });
  let sizeBytes = 0;
  for await (const chunk of chunksOf(source)) {
    sizeBytes += chunk.length;
    scanner.write(chunk);
  }
  const root = scanner.end();
  const top: MessageHeaders = headers ?? headersOf([]);
  return { root, headers: top, sizeBytes, warnings: [...new Set([...top.warnings, ...scanner.warnings])] };
}
