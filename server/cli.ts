// Owns the process of the command line: `fieldcast <command>` works on the data folder of a server, running or not.
// Exit code: 0 done, 1 failed, 2 used wrongly.
import { UsageError } from './cli/answer.ts';
import { runCommand, USAGE } from './cli/run.ts';

const argv = process.argv.slice(2);
try {
  const { text, json } = await runCommand(argv, process.env);
  console.log(argv.includes('--json') ? JSON.stringify(json) : text);
} catch (error) {
  console.error(`fieldcast: ${(error as Error).message}`);
  if (error instanceof UsageError) console.error(USAGE);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
