// Owns logging: one pino root, and the list of names whose values never reach a log.
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

// Wherever these names stand up to three levels deep, their value is cut. Route patterns are logged instead of URLs,
// because an order's address in a URL is as good as a key.
const SECRET_NAMES = [
  'authorization', 'cookie', 'token', 'viewerToken', 'code', 'operatorSecret', 'secret', 'password',
  'name', 'phone', 'address', 'note', 'buyer', 'usernameFragment', 'iceParameters',
];

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const paths = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]).filter((path) => path !== 'name' && path !== 'code');
  return pino(
    {
      level,
      base: null,
      redact: { paths, censor: '[cut]' },
      // An error's own message may quote input; the code and the stack's frames are enough to find the line.
      serializers: { err: pino.stdSerializers.err },
    },
    destination ?? pino.destination({ fd: 2, sync: false }),
  );
}
