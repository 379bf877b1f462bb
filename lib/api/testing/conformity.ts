import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type OperationName, type OperationShape, operations } from '../../contract/operations.ts';

interface Answer {
  status: number;
  headers: Headers;
  json: unknown;
  text: string;
}

export interface Conformity {
  /** Throws when an answer is not what the document says of this operation. */
  check(name: OperationName, answer: Answer): void;
  /** Operations with at least one good answer that was checked. */
  readonly seen: ReadonlySet<OperationName>;
}

/** Checks answers against the OpenAPI document that the product itself hands out. */
export function createConformity(document: object): Conformity {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, 'openapi');
  const seen = new Set<OperationName>();

  function check(name: OperationName, { status, headers, json, text }: Answer): void {
    const { path, method }: OperationShape = operations[name];
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (headers.get('cache-control')?.startsWith('private, no-store') !== true)
      fault(name, `${status} may be cached`, [...headers]);
    if (status === 204) {
      if (text !== '') fault(name, '204 with a body', text);
    } else if (status >= 400 && status !== 416) {
      if (type !== 'application/problem+json') fault(name, `${status} is not a problem document`, text);
      validate(name, '#/components/schemas/Problem', json);
    } else if (type === 'application/json' || type === 'application/x-ndjson') {
      const pointer = ['paths', path, method, 'responses', '200', 'content', type, 'schema'].map(escaped).join('/');
      for (const value of type === 'application/json' ? [json] : [json].flat()) validate(name, `#/${pointer}`, value);
    }
    if (status < 300) seen.add(name);
  }

  function validate(name: string, pointer: string, value: unknown): void {
    const matches = ajv.getSchema(`openapi${pointer}`);
    if (matches === undefined) throw new Error(`${name}: openapi.json has no ${pointer}`);
    if (!matches(value)) fault(name, ajv.errorsText(matches.errors), value);
  }

  return { check, seen };
}

const escaped = (name: string) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

function fault(name: string, what: string, value: unknown): never {
  throw new Error(`${name}: ${what}\n${JSON.stringify(value)?.slice(0, 1_000)}`);
}
