/**
 * @typedef {{ status: string }} CaseResult
 * @typedef {{ status: string, message?: string, assertionResults: CaseResult[] }} FileResult
 * @typedef {{ success: boolean, testResults: FileResult[] }} Report Vitest's JSON report
 */

/**
 * Counts the cases of a report. A file that failed without a failed case (it did not load, a hook threw) is one
 * failure, and so is a run that says failure with nothing to show for it.
 * @param {Report | undefined} report
 */
export function countCases(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report?.testResults ?? []) {
    const failedBefore = counts.failed
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed += 1
      else if (status === 'failed') counts.failed += 1
      else counts.skipped += 1
    }
    if (file.status === 'failed' && counts.failed === failedBefore) counts.failed += 1
  }
  if (!report?.success && counts.failed === 0) counts.failed = 1
  return counts
}
