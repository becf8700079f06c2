// Owns the sum at the end of `npm test`: what of a vitest JSON report counts as passed and as failed.

/**
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] } | undefined} report undefined: vitest wrote none
 * @param {number} exitCode of vitest
 */
export function countTests(report, exitCode) {
  let passed = 0;
  let failed = 0;
  for (const file of report?.testResults ?? []) {
    const failedBefore = failed;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') passed += 1;
      else if (status === 'failed') failed += 1;
    }
    // A file that could not be loaded, or whose hooks failed, has a failure that no single test shows.
    if (file.status === 'failed' && failed === failedBefore) failed += 1;
  }
  // A crash, an unhandled rejection or a missing report shows only in the exit code.
  if (exitCode !== 0 && failed === 0) failed = 1;
  if (report === undefined && failed === 0) failed = 1;
  return { passed, failed };
}
