// Owns how measured figures are written: the table for people, the one JSON line for programs.

export function figureTable(figures) {
  const rows = [
    ['figure', 'value', 'goal', ''],
    ...figures.map(({ name, value, unit, goal, ok }) => [name, `${value} ${unit}`.trim(), goal === undefined || goal === null ? '-' : String(goal), ok ? 'ok' : 'MISSED']),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd()).join('\n');
}

export function benchLine(bench, figures) {
  return JSON.stringify({ bench, figures: figures.map(({ name, value, unit, goal, ok }) => ({ name, value, unit, goal, ok })) });
}
