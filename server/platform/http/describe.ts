// Owns openapi.json and asyncapi.json: printed from the same routes, commands and events that answer, so they cannot drift.
import { toJsonSchema } from '@valibot/to-json-schema';
import { commands } from '../../protocol/commands.ts';
import type { EndpointSpec, Schema } from '../../protocol/endpoint.ts';
import { events } from '../../protocol/events.ts';
import { roles } from '../../protocol/access.ts';
import type { Route, WireRoute } from './route.ts';

const VERSION = '0.1.0';

type Json = Record<string, unknown>;

// Checks that JSON Schema cannot say (no control character, stock or stockDelta) are left to the server's answer.
const input = (schema: Schema): Json => toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' }) as Json;
const output = (schema: Schema): Json => toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'output' }) as Json;

const problemAnswer = { description: 'RFC 9457 problem document with a stable `code`', content: { 'application/problem+json': {} } };

/** @param staticPaths files served as they are. */
export function openApi(routes: readonly (Route | WireRoute)[], staticPaths: readonly string[]): Json {
  const paths: Record<string, Json> = {};
  const add = (path: string, method: string, operation: Json) => {
    (paths[path] ??= {})[method.toLowerCase()] = operation;
  };
  for (const each of routes) {
    if (each.kind === 'endpoint') add(each.spec.path, each.spec.method, describeEndpoint(each.spec));
    else add(each.path, each.method, describeWire(each));
  }
  for (const path of staticPaths) {
    add(path, 'GET', { summary: 'Built file', 'x-roles': roles, parameters: parameters(path), responses: { 200: { description: 'File' } } });
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Fieldcast', version: VERSION },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}

function describeEndpoint(spec: EndpointSpec): Json {
  const content = spec.raw
    ? Object.fromEntries(spec.raw.types.map((type) => [type, { schema: { type: 'string', format: 'binary', maxLength: spec.raw?.maxBytes } }]))
    : spec.body && { 'application/json': { schema: input(spec.body) } };
  const query = spec.query ? Object.entries((input(spec.query)['properties'] ?? {}) as Json) : [];
  return {
    summary: spec.summary,
    'x-roles': spec.roles,
    ...(spec.right ? { 'x-right': spec.right } : {}),
    security: spec.roles.includes('viewer') ? [{}, { bearer: [] }] : [{ bearer: [] }],
    parameters: [
      ...parameters(spec.path),
      ...query.map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
      ...(spec.idempotency
        ? [{ name: 'Idempotency-Key', in: 'header', required: spec.idempotency === 'required', schema: { type: 'string', minLength: 8, maxLength: 128 } }]
        : []),
    ],
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: {
      [spec.status]: {
        description: 'Done',
        ...(spec.produces ? { content: { [spec.produces]: {} } } : {}),
        ...(spec.response ? { content: { 'application/json': { schema: output(spec.response) } } } : {}),
      },
      default: problemAnswer,
    },
  };
}

function describeWire(wire: WireRoute): Json {
  return {
    summary: wire.summary,
    'x-roles': wire.roles,
    parameters: parameters(wire.path),
    ...(wire.consumes ? { requestBody: { content: Object.fromEntries(wire.consumes.map((type) => [type, {}])) } } : {}),
    responses: {
      200: { description: 'Done', ...(wire.produces ? { content: Object.fromEntries(wire.produces.map((type) => [type, {}])) } : {}) },
      default: problemAnswer,
    },
  };
}

function parameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

export function asyncApi(): Json {
  const channels: Json = {};
  const operations: Json = {};
  for (const command of Object.values(commands)) {
    channels[command.name] = { address: command.name, messages: { call: { payload: input(command.input) }, ack: { payload: output(command.result) } } };
    operations[command.name] = {
      action: 'receive',
      channel: { $ref: `#/channels/${command.name}` },
      summary: command.summary,
      'x-roles': command.roles,
      reply: { channel: { $ref: `#/channels/${command.name}` } },
    };
  }
  for (const [name, schema] of Object.entries(events)) {
    channels[name] = { address: name, messages: { event: { payload: output(schema) } } };
    const isForStaff = name.startsWith('order.') || name === 'publish.replaced';
    operations[name] = {
      action: 'send',
      channel: { $ref: `#/channels/${name}` },
      'x-roles': isForStaff ? roles.filter((role) => role !== 'viewer') : roles,
    };
  }
  return { asyncapi: '3.0.0', info: { title: 'Fieldcast live events', version: VERSION }, channels, operations };
}
