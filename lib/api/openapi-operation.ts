import { z } from 'zod';
import type { OperationShape } from '../contract/operations.ts';
import { MailError, mailErrorCodes } from '../mail/errors.ts';
import { problemOf } from './problem.ts';
import { statuses } from './statuses.ts';

export type Json = Record<string, unknown>;

/** One operation as OpenAPI 3.1 has it; schemas that carry an id are put into `schemas`. */
export function describeOperation(name: string, shape: OperationShape, schemas: Json): Json {
  const isWrite = shape.method !== 'get' && shape.keepsNoKey !== true;
  const parameters = [...parametersOf(shape.params, 'path'), ...parametersOf(shape.query, 'query')];
  if (isWrite) parameters.push(idempotencyKey);
  return {
    operationId: name,
    summary: shape.summary,
    ...(shape.access === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(shape.body ? { requestBody: { required: true, content: json(schemaOf(shape.body, 'input', schemas)) } } : {}),
    responses: { ...success(shape, schemas), default: { $ref: '#/components/responses/Problem' } },
  };
}

function success(shape: OperationShape, schemas: Json): Json {
  const schema = shape.response && schemaOf(shape.response, 'output', schemas);
  if (!schema && !shape.produces) return { '204': { description: 'Done' } };
  const type = shape.produces ?? 'application/json';
  const ok = {
    description: shape.summary,
    content: { [type]: { schema: schema ?? { type: 'string', format: 'binary' } } },
  };
  return { '200': ok };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties, required } = z.toJSONSchema(schema, { io: 'input' }) as {
    properties: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (required?.includes(name) ?? false),
    schema: property,
  }));
}

/** JSON Schema 2020-12 as OpenAPI 3.1 has it; what carries an id becomes a component. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => plain(jsonSchema) }));
  const { $schema, $defs, id, ...rest } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  for (const [name, definition] of Object.entries(($defs as Json | undefined) ?? {})) {
    const { id: _, ...bare } = definition as Json;
    schemas[name] = bare;
  }
  if (typeof id !== 'string') return rest;
  schemas[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
}

/**
 * `format: date-time` says it; the pattern beside it is 300 characters that say it again. `lowercase` is no format that
 * anybody knows, and the pattern beside it says it.
 */
function plain(schema: { format?: string | undefined; pattern?: string | undefined }): void {
  if (schema.format === 'date-time') delete schema.pattern;
  if (schema.format === 'lowercase') delete schema.format;
}

const json = (schema: Json) => ({ 'application/json': { schema } });

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request is done once; repetitions get the first answer for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** The answer of every operation that was not done, with an example for each code. */
export const problemResponse = {
  description: `Not done. ${mailErrorCodes.map((code) => `${statuses[code]} ${code}`).join(', ')}.`,
  headers: { 'Retry-After': { description: 'Seconds, where waiting helps', schema: { type: 'integer' } } },
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: Object.fromEntries(
        mailErrorCodes.map((code) => [
          code,
          { value: problemOf(new MailError(code, ''), 'b4a1c9c2-0a6e-4f0e-9a0e-2f9f1d1f7f11') },
        ]),
      ),
    },
  },
};
