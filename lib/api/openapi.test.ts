import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { type OperationShape, operations } from '../contract/operations.ts';
import { mailErrorCodes } from '../mail/errors.ts';
import { openApi } from './openapi.ts';

const document = JSON.parse(JSON.stringify(openApi('1.2.3')));

test('the description is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(document));
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
  expect((await new Validator().validate({ ...structuredClone(document), paths: 7 })).valid).toBe(false);
});

test('every operation is in it once, with its parameters', () => {
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { operationId: string; parameters?: { name: string; in: string }[] }>).map(
      ([method, { operationId, parameters = [] }]) => {
        const named = parameters
          .filter((parameter) => parameter.in === 'path')
          .map((parameter) => `{${parameter.name}}`);
        expect(named).toEqual(path.match(/\{\w+\}/g) ?? []);
        return `${operationId} ${method} ${path}`;
      },
    ),
  );
  const wanted = Object.entries(operations).map(
    ([name, { method, path }]: [string, OperationShape]) => `${name} ${method} ${path}`,
  );
  expect(described.sort()).toEqual(wanted.sort());
});

test('every reference leads to a schema that is none', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(50);
  for (const [text, group = '', name = ''] of references) {
    expect(document.components[group][name], text).toBeDefined();
    expect(document.components[group][name].$ref, text).toBeUndefined();
  }
});

test('there is an example of every problem', () => {
  const { examples } = document.components.responses.Problem.content['application/problem+json'];
  expect(Object.keys(examples)).toEqual([...mailErrorCodes]);
});

test('public operations say that they need no sign-in', () => {
  expect(document.paths['/api/health'].get.security).toEqual([]);
  expect(document.paths['/api/session'].get.security).toBeUndefined();
});
