// Owns what processes cost, as the kernel counts it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ticks of /proc/<pid>/stat in a second. */
const HZ = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU time of processes since their start, user and system, ms. */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    // The name in brackets may hold spaces; after it come state (field 3), and user and system time as fields 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return sum + ((Number(fields[11]) + Number(fields[12])) * 1000) / HZ;
  }, 0);
}

/** Resident memory of processes in MB (10^6 bytes). Pages that they share count for each of them. */
export function residentMb(pids: readonly number[]): number {
  const kb = pids.map((pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]));
  return (kb.reduce((sum, each) => sum + each, 0) * 1024) / 1e6;
}

/** Time of this machine that its host gave to others, of all its processors together, ms: 0 on a machine that is nobody's guest. */
export function stolenMs(): number {
  // Of the line of all processors, steal is the eighth figure (proc(5), /proc/stat).
  const fields = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.trim().split(/\s+/) ?? [];
  return (Number(fields[8]) * 1000) / HZ;
}
