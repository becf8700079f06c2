// The endpoints that figures are asked from, without their schemas, are those of the protocol.
import { expect, it } from 'vitest';
import * as protocol from '../../../server/protocol/endpoints.ts';
import * as lean from '../../../web-components/analytics/endpoints.ts';

it.each(Object.keys(lean) as (keyof typeof lean)[])('%s is what the protocol says', (name) => {
  const { method, path, produces } = protocol[name] as { method: string; path: string; produces?: string };
  expect({ method: lean[name].method, path: lean[name].path, produces: (lean[name] as { produces?: string }).produces }).toEqual({ method, path, produces });
});
