// The endpoints that figures are asked from, without their schemas, are those of the protocol.
import { expect, it } from 'vitest';
import * as protocol from '../../../server/protocol/endpoints.ts';
import * as lean from '../../../web-components/analytics/endpoints.ts';

const specs = new Map<string, object>(Object.entries(protocol));

it.each(Object.entries(lean))('%s is what the protocol says', (name, spec) => {
  const asked = ({ method, path, produces }: { method?: string; path?: string; produces?: string }) => ({ method, path, produces });
  expect(asked(spec)).toEqual(asked(specs.get(name) ?? {}));
});
