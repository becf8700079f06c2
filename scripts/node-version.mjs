// Owns the check that this Node.js is new enough; every command imports it first, before anything newer is used.
const NEEDED = [20, 19];

export function isNodeNewEnough(version, [major, minor] = NEEDED) {
  const [haveMajor, haveMinor] = version.split('.').map(Number);
  return haveMajor > major || (haveMajor === major && haveMinor >= minor);
}

if (!isNodeNewEnough(process.versions.node)) {
  console.error(`Fieldcast needs Node.js ${NEEDED.join('.')} or newer; this is ${process.versions.node}. Install a current one from https://nodejs.org or with your package manager.`);
  process.exit(1);
}
