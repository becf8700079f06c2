// Owns how set-up tells what it is doing: step lines, a line that rewrites itself on a terminal, durations.

export function formatDuration(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** How often a long step says something where lines cannot be rewritten (a log file, CI). */
const PLAIN_EVERY_MS = 15_000;
const TICK_MS = 1_000;

/**
 * @param {{ stream?: NodeJS.WriteStream, total: number, quiet?: boolean }} options
 */
export function createProgress({ stream = process.stdout, total, quiet = false }) {
  let step = 0;
  let label = '';
  let doing = '';
  let started = 0;
  let lastPlain = 0;
  let ticker;

  const write = (text) => {
    if (!quiet) stream.write(text);
  };
  const clearLine = () => {
    if (stream.isTTY) write('\r\u001b[K');
  };
  const head = () => `[${step}/${total}] ${label}`;

  const tick = () => {
    const elapsed = Date.now() - started;
    const text = `${head()}: ${doing}... ${formatDuration(elapsed)}`;
    if (stream.isTTY) {
      // A line longer than the terminal would wrap and could not be rewritten.
      write(`\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
    } else if (Date.now() - lastPlain >= PLAIN_EVERY_MS) {
      lastPlain = Date.now();
      write(`${text}\n`);
    }
  };

  return {
    /** Begins the next step. */
    begin(name) {
      step += 1;
      label = name;
      doing = 'checking';
      started = Date.now();
      lastPlain = started;
      ticker = setInterval(tick, TICK_MS);
    },
    /** Says what the step is doing; cheap to call often. */
    update(text) {
      doing = text;
    },
    /** A line that stays, in the middle of a step. */
    note(text) {
      clearLine();
      write(`${head()}: ${text}\n`);
    },
    /** Ends the step with what came out of it. */
    end(text) {
      clearInterval(ticker);
      clearLine();
      const took = Date.now() - started;
      write(`${head()}: ${text}${took >= 1_000 ? `, ${formatDuration(took)}` : ''}\n`);
    },
    /** Stops a step that failed; the caller says why. */
    fail() {
      clearInterval(ticker);
      clearLine();
      write(`${head()}: failed\n`);
    },
  };
}
